import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { isZero } from "@/lib/billing/money.ts";
import type { YearAhead, YearQuestion } from "@/lib/billing/year-ahead.ts";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { day, money } from "../../../_frame/write.ts";
import { yearAction } from "./actions.ts";

interface DearerYearProps {
  readonly bill: BillView;
  readonly ahead: YearAhead;
  readonly question: YearQuestion;
}

/** The name's next year costs more than it may without their yes: they are asked, and may think better of what they said. */
export async function DearerYear({ bill, ahead, question }: DearerYearProps) {
  const t = await getTranslations("family.billPage.dearer");
  const { asked, limit, answer, open } = question;
  if (!open) return null;
  const said = {
    ...{ date: day(ahead.beginsAt), until: day(question.until), period: bill.quote.period },
    ...{ asked: money(asked.year), limit: money(limit.year), now: money(ahead.now.year) },
    bill: money(answer === "no" ? limit.bill : asked.bill),
  };
  const heading = answer === null ? t("ask", said) : answer === "yes" ? t("saidYes", said) : t("saidNo", said);
  return (
    <Notice tone="wait" icon="calendar" heading={heading} level={3} status>
      {answer === null ? <p>{t("askText", said)}</p> : null}
      <p>{answer === null ? t("askElse", said) : answer === "yes" ? t("saidYesText", said) : t("saidNoText", said)}</p>
      {answer === "yes" || !bill.ending ? null : <p>{await leaving(bill.ending)}</p>}
      <form action={yearAction}>
        <input type="hidden" name="home" value={bill.name} />
        <input type="hidden" name="year" value={question.year} />
        <Actions>
          {answer === "yes" ? null : (
            <Button type="submit" small name="answer" value="yes">
              {t("yes", said)}
            </Button>
          )}
          {answer === "no" ? null : (
            <Button type="submit" small kind="quiet" name="answer" value="no">
              {t("no")}
            </Button>
          )}
        </Actions>
      </form>
    </Notice>
  );
}

/** How to leave instead, and what that costs. */
async function leaving({ at, rest }: NonNullable<BillView["ending"]>): Promise<string> {
  const t = await getTranslations("family.billPage.dearer");
  const date = day(new Date(at));
  return isZero(rest) ? t("leaveSettled", { date }) : t("leave", { date, rest: money(rest) });
}
