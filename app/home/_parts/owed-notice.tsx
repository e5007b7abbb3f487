import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import type { Owed } from "@/lib/households/describe-owed.ts";
import { day, money } from "../../_frame/write.ts";

/** A sum that could not be taken: what happened, what comes next, and the one button. */
export async function OwedNotice({ owed, card, rests }: { owed: Owed; card: string | null; rests: boolean }) {
  const t = await getTranslations("family.owed");
  const { banner } = owed;
  const sum = money(owed.sum);
  const asks = owed.refusal === "authentication_required";
  const again = owed.nextTryAt && day(new Date(owed.nextTryAt));
  const values = { sum, card: card ?? t("yourCard"), date: day(new Date(owed.restsAt)) };
  const standing =
    banner === "rests" ? t("back", { sum }) : banner === "lastCall" ? t("kept") : rests ? null : t("works");
  return (
    <Notice
      tone={banner === "first" ? "wait" : "bad"}
      icon="triangle-alert"
      heading={t(asks && (banner === "first" || banner === "still") ? "asks" : banner, values)}
    >
      <p>{t(`why.${reasonOf(owed.refusal)}`)}</p>
      <p>
        {standing} {again ? t("again", { date: again }) : t("noMore")}
      </p>
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
