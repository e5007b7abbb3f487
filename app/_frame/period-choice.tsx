import { getTranslations } from "next-intl/server";
import { type Choice, ChoiceCards } from "@/components/choice-cards.tsx";
import { type Bill, savedByYear } from "@/lib/billing/bill.ts";
import { FocusHash } from "./focus-hash.tsx";
import { SendAtOnce } from "./send-at-once.tsx";
import { chooseTermsAction } from "./terms-action.ts";
import { money } from "./write.ts";

interface PeriodChoiceProps {
  /** The same for each period; one that is not sold by the year leaves nothing to choose. */
  readonly month: Bill | undefined;
  readonly year: Bill | undefined;
  readonly now: Bill["period"];
  readonly at: "prices" | "pay";
  /** The mark of the bill it stands beside. */
  readonly seen?: string;
  readonly hint?: string;
}

/** By the month or by the year, each with its whole price. */
export async function PeriodChoice({ month, year, now, at, seen, hint }: PeriodChoiceProps) {
  const t = await getTranslations("periods");
  if (!month || !year) return null;
  const saved = savedByYear(month, year);
  const price = ({ total, period }: Bill) => ({ sum: money(total), per: t("inAll", { period }) });
  const choices: readonly Choice[] = [
    { value: "month", label: t("month"), note: t("monthNote"), ...price(month) },
    {
      value: "year",
      label: t("year"),
      note: saved ? t("yearSaves", { saved: money(saved) }) : t("yearNote"),
      ...price(year),
    },
  ];
  return (
    <form action={chooseTermsAction} className="stack stack--3">
      <input type="hidden" name="at" value={at} />
      {seen ? <input type="hidden" name="seen" value={seen} /> : null}
      <fieldset className="stack stack--3" aria-describedby={hint ? "period-hint" : undefined}>
        <legend className="legend">{t("legend")}</legend>
        {hint ? (
          <p className="hint" id="period-hint">
            {hint}
          </p>
        ) : null}
        <ChoiceCards id="period" name="period" choices={choices} chosen={now} />
      </fieldset>
      <SendAtOnce choice="period" button={t("button")} />
      <FocusHash after={now} />
    </form>
  );
}
