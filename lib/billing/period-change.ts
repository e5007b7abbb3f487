import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { addOnSums, type Bill, homeSum, namePart, type Terms, withPeriod } from "./bill.ts";
import type { TermsOutcome } from "./carry-out-terms.ts";
import { keyOfLine, lineOfKey } from "./ledger.ts";
import { type Money, minorOf, moneyOf } from "./money.ts";
import { beginningOf, yearAt } from "./name-year.ts";
import { monthsAfter } from "./next-bill.ts";
import type { Cashier, PeriodTerms } from "./ports.ts";
import { prices } from "./prices.ts";
import { keptQuote, type Quote, readQuote } from "./quote.ts";
import {
  type BillSubscription,
  type BillTables,
  linesOfSubscription,
  type OrderBill,
  owed,
  readBill,
} from "./read-bill.ts";
import type { Period, PriceBook } from "./read-price-book.ts";
import { yearPrice } from "./rest-of-year.ts";
import { type TermsChange, termsChange } from "./terms-change.ts";

/** When the name's next year begins, and with it any other period: that year stays one with the bill, and nothing is prorated. */
export const nextNameYear = (begunAt: Date, now: Date): Date => beginningOf(begunAt, yearAt(begunAt, now) + 1);

/** So long before it the vendor is told: as long as it is waited for when it does not answer (lib/queue/after-failure.ts). */
const daysBefore = 3;
export const periodDueAt = (kept: unknown): Date => {
  const { turn, at } = termsChange.parse(kept);
  return daysAfter(new Date(turn?.from ?? at), -daysBefore);
};

/**
 * Whether a period of theirs ends as the name's next year begins. Of whoever came back on another day of the month, or of the year,
 * none does.
 */
export function mayTurn({ subscription, begunAt }: OrderBill, now: Date): boolean {
  if (!subscription || !begunAt) return false;
  const from = nextNameYear(begunAt, now);
  const months = subscription.period === "year" ? 12 : 1;
  let periods = 0;
  while (daysAfter(monthsAfter(subscription.startedAt, months * periods), 1) < from) periods++;
  return monthsAfter(subscription.startedAt, months * periods) <= daysAfter(from, 1);
}

/** The same bill by another period, at today's prices; undefined where the book does not sell all of it so. */
export function soldBy(bill: Bill, heads: number, period: Period, book: PriceBook = prices()): Bill | undefined {
  const { currency, plan } = bill;
  const ids = bill.addOns.map(({ id }) => id);
  const terms: Terms = { currency, plan, period, addOns: ids };
  const home = homeSum(heads, terms, book);
  const addOns = addOnSums(terms, book);
  return home && addOns.length === ids.length ? withPeriod(bill, { period, home, addOns }) : undefined;
}

const name = keyOfLine("name");

/** Each line of such a bill. Its first comes when the name renews, so the name's is what that year costs. */
export const turnLines = (bill: Bill, nameYear: Money): { what: string; minor: number }[] => [
  { what: keyOfLine("home"), minor: minorOf(bill.home) },
  { what: name, minor: minorOf(namePart(nameYear, bill.period)) },
  ...bill.addOns.map(({ id, sum }) => ({ what: keyOfLine({ addOn: id }), minor: minorOf(sum) })),
];

/** What a change of period asks of the payment vendor, for the lines that our copy has. */
export function periodTermsOf(
  { id, terms: kept }: Pick<BillChange, "id" | "terms">,
  subscription: BillSubscription,
): PeriodTerms {
  const { turn, period, tax, currency } = termsChange.parse(kept);
  if (!turn) throw new Error(`Change ${id} says nothing of another period`);
  const lines = linesOfSubscription(subscription).flatMap(({ itemId, what }) => {
    const line = turn.lines.find((one) => one.what === keyOfLine(what));
    return line ? [{ itemId, sum: moneyOf(line.minor, currency) }] : [];
  });
  return {
    ...{ changeId: id, customerId: subscription.customerId, subscriptionId: subscription.id, lines, period, tax },
    from: new Date(turn.from),
  };
}

type Reads = BillTables & Pick<Tx, "order" | "person" | "tenant">;

/**
 * Asks for the other period in the last days of the old one. What was shown stands, unless people or plan are others by then:
 * then it is by the prices of that day, as the page said. The name's line is what its year was announced to cost.
 */
export async function carryOutPeriod(
  { db, cashier }: { readonly db: Reads; readonly cashier: Cashier },
  change: BillChange,
  subscription: BillSubscription,
  book: PriceBook = prices(),
): Promise<TermsOutcome> {
  const bill = await readBill(db, change.orderId);
  if (owed(bill.standing)) throw later("A bill is not paid");
  if (subscription.cancelAt || subscription.endedAt)
    return { state: "given-up", detail: "The bill stops with this period" };
  const terms = await termsNow(db, change, bill, book);
  if (!terms) return { state: "given-up", detail: "The price book does not sell it so any more" };
  const answer = await cashier.changePeriod(periodTermsOf({ id: change.id, terms }, subscription));
  if (answer === "not-yet") throw later("More than one period is left");
  if (answer === "done") return { state: "done", terms };
  if (answer === "too-late") return { state: "given-up", detail: "The next period began before it could be done" };
  return { state: "refused", detail: "The subscription has ended" };
}

const later = (why: string) => new Unreachable(why, { vendor: "Stripe", call: "subscriptions.update" }, "none");

async function termsNow(
  db: Reads,
  { orderId, terms: kept }: BillChange,
  { begunAt, years }: OrderBill,
  book: PriceBook,
): Promise<TermsChange | undefined> {
  const terms = termsChange.parse(kept);
  const { turn } = terms;
  const quote = readQuote(await db.order.findUniqueOrThrow({ where: { id: orderId } }));
  const heads = await db.person.count({ where: { tenant: { orderId, want: "present" }, ...livesThere } });
  if (!turn || !begunAt) throw new Refused("It says nothing of another period", { vendor: "Stripe", call: "copy" });
  const nameYear = yearPrice(quote, years, yearAt(begunAt, new Date(turn.from)));
  if (heads === 0 || (quote.plan === terms.plan && heads === terms.heads)) {
    const lines = linesNow(turn.lines, quote, terms, nameYear, book);
    return lines && { ...terms, turn: { ...turn, lines } };
  }
  const bill = soldBy(quote, heads, terms.period, book);
  if (!bill) return undefined;
  const home = { ...terms.home, minor: minorOf(bill.home) };
  return { ...terms, plan: quote.plan, heads, home, turn: { ...turn, lines: turnLines(bill, nameYear) } };
}

type Lines = NonNullable<TermsChange["turn"]>["lines"];

/** As they were shown, with the add-ons of now: one that came since is at the price of that day. Undefined where it is not sold so. */
function linesNow(
  shown: Lines,
  quote: Quote,
  { period, currency }: TermsChange,
  nameYear: Money,
  book: PriceBook,
): Lines | undefined {
  const beside = shown.filter(({ what }) => typeof lineOfKey(what) !== "object");
  const addOns = quote.addOns.flatMap(({ id }) => {
    const what = keyOfLine({ addOn: id });
    const sum = book.addOns[id]?.[period]?.[currency];
    return shown.find((one) => one.what === what) ?? (sum ? { what, minor: minorOf(sum) } : []);
  });
  if (addOns.length < quote.addOns.length) return undefined;
  const minor = minorOf(namePart(nameYear, period));
  return [...beside.map((one) => (one.what === name ? { ...one, minor } : one)), ...addOns];
}

/** What was agreed follows in the transaction in which the row becomes done. */
export async function agreePeriod(tx: Tx, orderId: string, terms: TermsChange): Promise<void> {
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  const sum = (minor: number) => moneyOf(minor, terms.currency);
  const addOns = (terms.turn?.lines ?? []).flatMap(({ what, minor }) => {
    const of = lineOfKey(what);
    return typeof of === "object" ? [{ id: of.addOn, sum: sum(minor) }] : [];
  });
  const bill = withPeriod(readQuote(order), { period: terms.period, home: sum(terms.home.minor), addOns });
  await tx.order.update({ where: { id: orderId }, data: { quote: keptQuote(bill) } });
}
