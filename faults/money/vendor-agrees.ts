import { type Money, minorOf } from "@/lib/billing/money.ts";
import type { MoneyReport } from "@/lib/staff/report-money.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";

interface Sum {
  readonly currency: string;
  readonly minor: number;
}

const page = { limit: 100 } as const;
/** A life has some hundred of each. */
const all = { limit: 10_000 } as const;

/** The report's sums beside the vendor's own lists of all there is, which name no customer. */
export async function vendorAgrees(stage: MoneyStage, { currencies }: MoneyReport): Promise<string[]> {
  const sdk = vendorOf(stage);
  const invoices = await sdk.invoices.list({ status: "paid", ...page }).autoPagingToArray(all);
  const entries = await sdk.balanceTransactions.list(page).autoPagingToArray(all);
  const sums: Readonly<Record<string, readonly Sum[]>> = {
    paid: invoices.map(({ currency, amount_paid: minor }) => ({ currency, minor })),
    credit: invoices.map(({ currency, amount_paid: paid, total }) => ({ currency, minor: paid - total })),
    stays: entries.map(({ currency, net: minor }) => ({ currency, minor })),
    fees: entries.map(({ currency, fee }) => ({ currency, minor: -fee })),
    charge: entries.filter(({ type }) => type === "charge").map(({ currency, amount: minor }) => ({ currency, minor })),
  };
  return Object.entries(sums).flatMap(([line, theirs]) => {
    const known = new Set([
      ...theirs.map(({ currency }) => currency.toUpperCase()),
      ...currencies.map((one) => one.currency),
    ]);
    return [...known].flatMap((currency) => {
      const ours = currencies.find((one) => one.currency === currency)?.all as Record<string, Money> | undefined;
      const said = ours?.[line] ? minorOf(ours[line]) : 0;
      const really = theirs
        .filter((one) => one.currency.toUpperCase() === currency)
        .reduce((sum, { minor }) => sum + minor, 0);
      return said === really ? [] : [`${line} in ${currency}: the report says ${said}, the vendor ${really}`];
    });
  });
}
