import { minorOf } from "@/lib/billing/money.ts";
import { yearAt } from "@/lib/billing/name-year.ts";
import { mayTurn, nextNameYear, soldBy, turnLines } from "@/lib/billing/period-change.ts";
import { prices } from "@/lib/billing/prices.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import type { Period, PriceBook } from "@/lib/billing/read-price-book.ts";
import { yearPrice } from "@/lib/billing/rest-of-year.ts";
import { type TermsChange, termsKinds } from "@/lib/billing/terms-change.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";
import { nobody } from "./who-moves.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/**
 * Writes down that a family thinks of paying by another period, from when the name's year begins anew. As with other terms a
 * worker asks what it comes to, and nothing is changed yet. The period that it has now takes back what was wanted: then undefined.
 */
export async function askForPeriod(
  world: World,
  who: Member,
  period: Period,
  book: PriceBook = prices(),
): Promise<string | undefined> {
  const { db, clock, ids, ring } = world;
  const { id: tenantId, orderId } = await billOf(world, who);
  const id = ids.id("chg");
  const asked = await db.$transaction(async (tx) => {
    // The lock: of two windows the later one sees the other's row.
    await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    const terms = await termsOf(tx, world, tenantId, { period, book });
    const now = clock.now();
    const over = terms ? { kind: { in: termsKinds }, state: { in: ["asked", "shown"] } } : waiting;
    await tx.billChange.updateMany({ where: { orderId, ...over }, data: { state: "replaced", doneAt: now } });
    if (!terms) return false;
    const row = { id, orderId, cause: `period:${id}`, kind: "period", terms, state: "asked", askedBy: who.userId };
    await tx.billChange.create({ data: { ...row, createdAt: now } });
    return true;
  });
  if (asked) await ring({ kind: "order", orderId });
  return asked ? id : undefined;
}

/** A change of period that waits for its day, or that could not be made. */
export const waiting = { kind: "period", state: { in: ["wanted", "refused"] } };

interface Wanted {
  readonly period: Period;
  readonly book: PriceBook;
}

/** Undefined where it is so already. */
async function termsOf(
  tx: Tx,
  { clock }: World,
  tenantId: string,
  { period, book }: Wanted,
): Promise<TermsChange | undefined> {
  const home = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const quote = readQuote(await tx.order.findUniqueOrThrow({ where: { id: home.orderId } }));
  if (period === quote.period) return undefined;
  const why = await whyNotTerms(tx, home);
  if (why) throw new NameplateError("changed-meanwhile", `Nothing of ${home.name} can be changed now`, why);
  const heads = await tx.person.count({ where: { tenantId, ...livesThere } });
  const bill = soldBy(quote, heads, period, book);
  const theirs = await readBill(tx, home.orderId);
  const { begunAt, years } = theirs;
  const now = clock.now();
  if (!bill || !begunAt || !mayTurn(theirs, now))
    throw new NameplateError("changed-meanwhile", `Not sold by the ${period}`, { key: "family.terms.notSold" });
  const nameYear = yearPrice(quote, years, yearAt(begunAt, now) + 1);
  return {
    ...{ plan: quote.plan, period, currency: quote.currency, tax: quote.tax, heads, ...nobody, billed: true },
    // Its line keeps the name that it has.
    home: { minor: minorOf(bill.home), label: "" },
    at: now.toISOString(),
    turn: { from: nextNameYear(begunAt, now).toISOString(), lines: turnLines(bill, nameYear) },
  };
}
