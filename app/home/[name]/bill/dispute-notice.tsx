import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import type { DisputesView } from "@/lib/households/describe-disputes.ts";
import { settings } from "../../../_frame/settings.ts";
import { money } from "../../../_frame/write.ts";

/** That a bank looks at a payment: what happens, and whom to tell if it was a mistake. */
export async function DisputeNotice({ name, open }: { name: string; open: NonNullable<DisputesView["open"]> }) {
  const t = await getTranslations("family.dispute");
  const stage = open.stage === "asks" ? "asks" : "taken";
  const subject = encodeURIComponent(t(stage, { sum: money(open.sum) }));
  return (
    <Notice tone="wait" icon="hand" heading={t(stage, { sum: money(open.sum) })}>
      <p>{t(`${stage}Text`, { name })}</p>
      <p>{t("stays")}</p>
      <p>
        <a className="button button--small" href={`mailto:${settings().SUPPORT_EMAIL}?subject=${subject}`}>
          {t("write")}
        </a>
      </p>
    </Notice>
  );
}
