import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { same } from "@/lib/billing/money.ts";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { day, money } from "../../../_frame/write.ts";
import { DearerYear } from "./dearer-year.tsx";

/** What the bill will be when the name's next year begins. */
export async function Ahead({ bill }: { bill: BillView }) {
  const t = await getTranslations("family.billPage");
  return (
    <Stack as="section" gap={3} labelledBy="ahead">
      <h2 id="ahead">{t("ahead")}</h2>
      <p>{await yearWords(bill)}</p>
      {bill.ahead?.question ? <DearerYear bill={bill} ahead={bill.ahead} question={bill.ahead.question} /> : null}
    </Stack>
  );
}

export async function yearWords({ ahead, quote }: Pick<BillView, "ahead" | "quote">): Promise<string> {
  const t = await getTranslations("family.billPage");
  if (!ahead) return t("aheadUndated", { year: money(quote.renewalYear) });
  const { now, next, known } = ahead;
  const said = { date: day(ahead.beginsAt), year: money(next.year), sum: money(next.bill) };
  if (ahead.isPaid) return t(`aheadPaid.${quote.period}`, said);
  if (same(now.year, next.year)) return t("aheadSame", said);
  if (!known) return t(`aheadText.${quote.period}`, said);
  return t(`aheadKnown.${quote.period}`, { ...said, now: money(now.year), before: money(now.bill) });
}
