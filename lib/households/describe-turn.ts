import { addOnsSold } from "@/lib/billing/bill.ts";
import { addAll, type Money, moneyOf } from "@/lib/billing/money.ts";
import { mayTurn, soldBy } from "@/lib/billing/period-change.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import type { Period } from "@/lib/billing/read-price-book.ts";
import { termsChange } from "@/lib/billing/terms-change.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

/** By which period a family pays, and may pay. Times are ISO. */
export interface TurnView {
  readonly now: Period;
  /** Whether the book sells what they have by the other period as well. */
  readonly other: Period | null;
  /** What they have beside the home that is not sold by the other one, where that is all that stands in the way. */
  readonly notWith: readonly string[];
  /** The other one is wanted, from when on, and what its bills come to. */
  readonly wanted: { readonly at: string; readonly sum: Money } | null;
}

export async function describeTurn({ db, clock }: Pick<World, "db" | "clock">, who: Member): Promise<TurnView> {
  const { id: tenantId, orderId } = await billOf({ db }, who);
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId } });
  const quote = readQuote(order);
  const other = quote.period === "month" ? "year" : "month";
  const heads = await db.person.count({ where: { tenantId, ...livesThere } });
  const turns = mayTurn(await readBill(db, orderId), clock.now());
  const sold = turns && soldBy(quote, heads, other) !== undefined;
  const without = turns && !sold && soldBy({ ...quote, addOns: [] }, heads, other) !== undefined;
  const besides = addOnsSold({ period: other, currency: quote.currency });
  const row = await db.billChange.findFirst({ where: { orderId, kind: "period", state: "wanted" } });
  const turn = row && termsChange.parse(row.terms).turn;
  const { currency } = quote;
  const sums = turn?.lines.map(({ minor }) => moneyOf(minor, currency)) ?? [];
  return {
    now: quote.period,
    other: sold ? other : null,
    notWith: without ? quote.addOns.map(({ id }) => id).filter((id) => !besides.includes(id)) : [],
    wanted: turn ? { at: turn.from, sum: addAll(sums, currency) } : null,
  };
}
