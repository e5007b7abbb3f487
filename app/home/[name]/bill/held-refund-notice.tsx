import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import type { HeldRefund } from "@/lib/households/describe-held-refund.ts";
import { settings } from "../../../_frame/settings.ts";
import { money } from "../../../_frame/write.ts";

/** Money of theirs that did not reach them, and how it can. */
export async function HeldRefundNotice({ held }: { held: HeldRefund }) {
  const t = await getTranslations("family.heldRefund");
  const heading = t(held.gaveBack ? "gaveBack" : "held", { sum: money(held.sum) });
  return (
    <Notice tone="wait" icon="undo-2" heading={heading}>
      <p>{t(held.gaveBack ? "gaveBackText" : "heldText")}</p>
      {held.gaveBack ? (
        <p>
          <a
            className="button button--small"
            href={`mailto:${settings().SUPPORT_EMAIL}?subject=${encodeURIComponent(heading)}`}
          >
            {t("write")}
          </a>
        </p>
      ) : null}
    </Notice>
  );
}
