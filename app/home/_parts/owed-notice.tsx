import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { rungAt } from "@/lib/billing/ladder.ts";
import type { Owed } from "@/lib/households/describe-bill.ts";
import { web } from "@/lib/web.ts";
import { day, money } from "../../_frame/write.ts";

/** A sum that could not be taken: what happened, what comes next, and the one button. */
export async function OwedNotice({ owed, card }: { owed: Owed; card: string | null }) {
  const t = await getTranslations("family.owed");
  const { banner } = rungAt(new Date(owed.since), web().world.clock.now());
  const sum = money(owed.sum);
  const asks = owed.refusal === "authentication_required";
  const again = owed.nextTryAt && day(new Date(owed.nextTryAt));
  const values = { sum, card: card ?? t("yourCard") };
  return (
    <Notice
      tone={banner === "first" ? "wait" : "bad"}
      icon="triangle-alert"
      heading={t(asks ? "asks" : banner, values)}
    >
      <p>{t(`why.${reasonOf(owed.refusal)}`)}</p>
      <p>{again ? t("again", { date: again }) : t("noMore")}</p>
      {owed.payUrl ? (
        <p>
          <a className="button button--small" href={owed.payUrl}>
            {t(asks ? "confirm" : "pay", { sum })}
          </a>
        </p>
      ) : null}
    </Notice>
  );
}

const reasons = ["insufficient_funds", "expired_card", "authentication_required"] as const;

/** The bank's reason; what it says of stolen cards is not for a screen. */
const reasonOf = (refusal: string | null) => reasons.find((one) => one === refusal) ?? "refused";
