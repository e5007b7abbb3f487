import { getTranslations } from "next-intl/server";
import type { OrderAsideProps } from "@/components/order-aside.tsx";
import type { PriceLine } from "@/components/price-lines.tsx";
import { type Bill, linesOf } from "@/lib/billing/bill.ts";
import { same } from "@/lib/billing/money.ts";
import { prices } from "@/lib/billing/prices.ts";
import { money } from "../../_frame/write.ts";

type Planned = Pick<Bill, "plan" | "period" | "currency">;

const includedIn = ({ plan }: Planned, heads: number): number => prices().plans[plan]?.included ?? heads;

/** What the home's line is called: it says how many people when they are more than the price includes. */
export async function homeLabel(bill: Planned, heads: number): Promise<string> {
  const t = await getTranslations("bill");
  const included = includedIn(bill, heads);
  return heads > included ? t("homeMore", { n: heads }) : t("home", { included });
}

/** Under the home's line: what those beyond the included cost. */
async function moreNote(bill: Planned, heads: number): Promise<{ note?: string }> {
  const t = await getTranslations("bill");
  const included = includedIn(bill, heads);
  const price = prices().plans[bill.plan]?.[bill.period];
  const [home, more] = [price?.home[bill.currency], price?.furtherPerson[bill.currency]];
  if (heads <= included || !home || !more) return {};
  return { note: t("moreNote", { home: money(home), included, n: heads - included, sum: money(more) }) };
}

/** The bill beside a screen. `full` is the check page's, with its notes. */
export async function billLines(
  bill: Bill,
  name: string,
  heads: number,
  full = false,
): Promise<NonNullable<OrderAsideProps["bill"]>> {
  const t = await getTranslations("bill");
  const dearer = !same(bill.laterTotal, bill.total);
  const year = { first: money(bill.nameYear), renewal: money(bill.renewalYear), year: money(bill.nameYear) };
  const words = {
    home: { label: await homeLabel(bill, heads), ...(await moreNote(bill, heads)) },
    name: { label: t("name", { name }), ...(full ? { note: t(dearer ? "yearlyDearer" : "yearly", year) } : {}) },
  };
  const lines = linesOf(bill).map(
    ({ what, sum }): PriceLine => ({
      ...(typeof what === "string" ? words[what] : { label: prices().addOns[what.addOn]?.called ?? what.addOn }),
      sum: money(sum),
    }),
  );
  const later = { later: money(bill.laterTotal) };
  const note = full ? t(dearer ? "laterNote" : "taxNote", later) : dearer ? t("later", later) : undefined;
  return {
    lines,
    total: { label: t(full ? "month" : "monthTax"), sum: money(bill.total), ...(note ? { note } : {}) },
  };
}
