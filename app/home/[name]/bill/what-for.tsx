import { getTranslations } from "next-intl/server";
import { type PriceLine, PriceLines } from "@/components/price-lines.tsx";
import { Stack } from "@/components/stack.tsx";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { addOnLabel, homeLabel } from "../../../_frame/bill-lines.ts";
import { money } from "../../../_frame/write.ts";

/** Each line of the bill as its next invoice will have it. */
export async function WhatFor({ bill }: { bill: BillView }) {
  const t = await getTranslations("family.billPage");
  const tax = bill.tax ? { note: t("taxOf", { tax: money(bill.tax) }) } : {};
  const lines = await Promise.all(bill.lines.map((line) => lineOf(bill, line)));
  return (
    <Stack as="section" gap={3} labelledBy="what">
      <h2 id="what">{t("what")}</h2>
      <PriceLines lines={lines} total={{ label: t(`each.${bill.quote.period}`), sum: money(bill.total), ...tax }} />
    </Stack>
  );
}

async function lineOf(bill: BillView, { what, label, sum }: BillView["lines"][number]): Promise<PriceLine> {
  const [t, lines] = [await getTranslations("family.billPage"), await getTranslations("bill")];
  switch (what) {
    case "home":
      return {
        label: await homeLabel(bill.quote, bill.people),
        sum: money(sum),
        note: t("lives", { n: bill.people }),
      };
    case "name": {
      const year = money(bill.nameYear);
      const note = bill.quote.period === "month" ? { note: t("parts", { year, paid: bill.partsPaid }) } : {};
      return { label: lines("name", { name: bill.name }), sum: money(sum), ...note };
    }
    default:
      return { label: label || (typeof what === "string" ? what : addOnLabel(what.addOn)), sum: money(sum) };
  }
}
