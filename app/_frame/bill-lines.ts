import { getTranslations } from "next-intl/server";
import type { OrderAsideProps } from "@/components/order-aside.tsx";
import type { PriceLine } from "@/components/price-lines.tsx";
import { type Bill, linesOf } from "@/lib/billing/bill.ts";
import { compare, same } from "@/lib/billing/money.ts";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import { addOnLabel } from "./add-on-words.ts";
import { money } from "./write.ts";

type Planned = Pick<Bill, "plan" | "period" | "currency">;

const includedIn = ({ plan }: Pick<Bill, "plan">, heads: number): number => prices().plans[plan]?.included ?? heads;

/** What the home's line is called: it says how many people when they are more than the price includes. */
export async function homeLabel(bill: Pick<Bill, "plan">, heads: number): Promise<string> {
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

/** What a year of the name costs, under its line; nothing where the line says it. */
export async function nameNote({ period, nameYear, renewalYear }: Bill): Promise<{ note?: string }> {
  const t = await getTranslations("bill");
  if (!same(nameYear, renewalYear))
    return { note: t("yearlyDearer", { period, first: money(nameYear), renewal: money(renewalYear) }) };
  return period === "year" ? {} : { note: t("yearly", { year: money(nameYear) }) };
}

/** The bill beside a screen, and none where nothing costs anything. `full` is the check page's, with its notes. */
export async function billLines(
  bill: Bill,
  name: string,
  heads: number,
  full = false,
): Promise<OrderAsideProps["bill"]> {
  if (!asksMoney()) return undefined;
  const t = await getTranslations("bill");
  const words = {
    home: { label: await homeLabel(bill, heads), ...(await moreNote(bill, heads)) },
    name: { label: t("name", { name }), ...(full ? await nameNote(bill) : {}) },
  };
  const lines = linesOf(bill).map(
    ({ what, sum }): PriceLine => ({
      ...(typeof what === "string" ? words[what] : { label: addOnLabel(what.addOn) }),
      sum: money(sum),
    }),
  );
  const note = await totalNote(bill, full);
  return {
    lines,
    total: {
      label: t(full ? "each" : "eachTax", { tax: bill.tax, period: bill.period }),
      sum: money(bill.total),
      ...(note ? { note } : {}),
    },
  };
}

async function totalNote({ total, laterTotal, tax }: Bill, full: boolean): Promise<string | undefined> {
  const t = await getTranslations("bill");
  const change = compare(laterTotal, total);
  const later = { tax, later: money(laterTotal), change: change < 0 ? "less" : "more" };
  if (change === 0) return full ? t("taxNote", { tax }) : undefined;
  return t(full ? "laterNote" : "later", later);
}
