import { getTranslations } from "next-intl/server";
import { type PriceLine, PriceLines } from "@/components/price-lines.tsx";
import { Stack } from "@/components/stack.tsx";
import { allOff } from "@/lib/billing/discount.ts";
import { add, negate } from "@/lib/billing/money.ts";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { addOnLabel } from "../../../_frame/add-on-words.ts";
import { homeLabel } from "../../../_frame/bill-lines.ts";
import { day, money } from "../../../_frame/write.ts";

export type WhatBill = Pick<
  BillView,
  "name" | "quote" | "people" | "lines" | "total" | "coupons" | "tax" | "nameYear" | "partsPaid" | "ahead"
>;

/** Each line of the bill as its next invoice will have it. */
export async function WhatFor({ bill }: { bill: WhatBill }) {
  const t = await getTranslations("family.billPage");
  const { coupons, total } = bill;
  const tax = bill.tax ? [t("taxOf", { tax: money(bill.tax) })] : [];
  const without = coupons.length > 0 ? [t("withoutCoupon", { sum: money(total) })] : [];
  const lines = await Promise.all([...bill.lines.map((line) => lineOf(bill, line)), ...coupons.map(couponLine)]);
  const asked = add(total, negate(allOff(coupons, total.currency)));
  const note = [...without, ...tax].join(" ");
  return (
    <Stack as="section" gap={3} labelledBy="what">
      <h2 id="what">{t("what")}</h2>
      <PriceLines
        lines={lines}
        total={{ label: t(`each.${bill.quote.period}`), sum: money(asked), ...(note ? { note } : {}) }}
      />
    </Stack>
  );
}

/** A line of its own, with how long it is so. */
async function couponLine({ label, off, once, until }: BillView["coupons"][number]): Promise<PriceLine> {
  const t = await getTranslations("family.billPage.coupon");
  const note = until ? t("until", { date: day(until) }) : t(once ? "once" : "always");
  return { label: t("label", { name: label }), sum: money(negate(off)), note };
}

async function lineOf(bill: WhatBill, { what, label, sum }: BillView["lines"][number]): Promise<PriceLine> {
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
      if (bill.ahead?.isPaid)
        return {
          label: lines("name", { name: bill.name }),
          sum: money(sum),
          note: t("namePaid", { date: day(bill.ahead.beginsAt) }),
        };
      const note = bill.quote.period === "month" ? { note: t("parts", { year, paid: bill.partsPaid }) } : {};
      return { label: lines("name", { name: bill.name }), sum: money(sum), ...note };
    }
    default:
      return { label: label || (typeof what === "string" ? what : addOnLabel(what.addOn)), sum: money(sum) };
  }
}
