import { getTranslations } from "next-intl/server";
import { type PriceLine, PriceLines } from "@/components/price-lines.tsx";
import { Stack } from "@/components/stack.tsx";
import { add, compare, isZero, negate, same, zero } from "@/lib/billing/money.ts";
import type { NextBillView, NextLine } from "@/lib/households/describe-terms.ts";
import { day, money } from "../../../../_frame/write.ts";

/** Each line of the next bill, as the payment vendor says that it will be; when it is; and what each bill is after that. */
export async function NextBill({ bill, turns }: { bill: NextBillView; turns: boolean }) {
  const t = await getTranslations("family.terms");
  const date = day(new Date(bill.at));
  const kept = add(bill.due, negate(bill.total));
  const lines = await Promise.all(bill.lines.map(lineOf));
  // What comes back is more than is asked for: nothing is taken.
  const back = compare(bill.total, zero(bill.total.currency)) < 0;
  return (
    <Stack as="section" gap={3} labelledBy="next-bill">
      <h2 id="next-bill">{t(turns ? "firstBill" : "nextBill", { date })}</h2>
      <PriceLines
        lines={[...lines, ...(back || isZero(kept) ? [] : [{ label: t("kept"), sum: money(kept) }])]}
        total={{ label: t("total", { tax: bill.tax }), sum: money(bill.due) }}
      />
      {back ? <p>{t("backLater", { sum: money(negate(bill.total)), date })}</p> : null}
      {same(bill.each, bill.due) ? null : <p>{t("afterThat", { sum: money(bill.each), period: bill.period })}</p>}
    </Stack>
  );
}

async function lineOf({ kind, label, sum, from, until }: NextLine, place: number): Promise<PriceLine> {
  const t = await getTranslations("family.terms");
  const dates = { label, from: day(new Date(from)), until: day(new Date(until)) };
  return {
    key: `${place}`,
    label: t(`line.${kind}`, dates),
    sum: money(sum),
    ...(kind === "unused" ? { note: t("line.unusedNote") } : {}),
  };
}
