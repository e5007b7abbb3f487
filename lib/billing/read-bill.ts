import { z } from "zod";
import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { NameYear, Prisma } from "@/lib/generated/prisma/client.ts";
import { keyOfLine, type LineOf, lineOfKey } from "./ledger.ts";
import { addAll, type Money, moneyOf, times } from "./money.ts";
import { newestReturn } from "./newest-return.ts";
import { endWishes, wishesOf } from "./newest-wish.ts";
import type { Period } from "./read-price-book.ts";

const include = {
  customer: true,
} satisfies Prisma.SubscriptionInclude;
const withLines = {
  lines: { orderBy: { place: "asc" } },
  creditNotes: true,
} satisfies Prisma.InvoiceInclude;

export type BillSubscription = Prisma.SubscriptionGetPayload<{ include: typeof include }>;
export type BillInvoice = Prisma.InvoiceGetPayload<{ include: typeof withLines }>;

/** What an order's bill is now, from the copy of the vendor's ledger. */
export interface OrderBill {
  /** The one that runs, or ran last. Undefined until the first copy is made, and where nothing costs anything (any more). */
  readonly subscription: BillSubscription | undefined;
  /** When the first one began, and with it the name's first year; as the vendor has it, a moment before we saw it paid. */
  readonly begunAt: Date | undefined;
  /** Newest first, drafts left out: they may still change. */
  readonly invoices: readonly BillInvoice[];
  /** The same without those of a payment that went back whole: nothing was bought with it. */
  readonly standing: readonly BillInvoice[];
  /** Several run at once: it was paid for twice, and one of them is about to go back. */
  readonly twice: boolean;
  /** What later years of the name cost, as far as that is known. */
  readonly years: readonly NameYear[];
  /** When it ended as the family wished. One that the vendor gave up on, unpaid, is not left: whoever pays comes back. */
  readonly leftAt: Date | null;
}

/** Where a bill is read from. */
export type BillTables = Pick<Tx, "subscription" | "invoice" | "refund" | "billChange" | "nameYear" | "checkout">;

export async function readBill(db: BillTables, orderId: string): Promise<OrderBill> {
  const back = await db.refund.findMany({ where: { orderId, subscriptionId: { not: null } } });
  const wentBack = (id: string | null): boolean =>
    id !== null && back.some(({ subscriptionId }) => subscriptionId === id);
  const { all, invoices } = await copied(db, orderId);
  const subscriptions = all.filter(({ id }) => !wentBack(id));
  const running = subscriptions.filter(({ endedAt }) => !endedAt);
  const last = running[0] ?? subscriptions[0];
  const subscription = last && (await isForNothing(db, orderId, last)) ? undefined : last;
  const wish =
    subscription &&
    (await db.billChange.findFirst({
      where: { orderId, kind: { in: [...endWishes, "withdraw"] }, state: "done", ...wishesOf(subscription) },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    }));
  return {
    subscription,
    twice: running.length > 1,
    leftAt: wish && wish.kind !== "keep" ? (subscription?.endedAt ?? null) : null,
    begunAt: subscriptions.at(-1)?.startedAt,
    years: await db.nameYear.findMany({ where: { orderId }, orderBy: { year: "asc" } }),
    invoices,
    standing: invoices.filter(({ subscriptionId }) => !wentBack(subscriptionId)),
  };
}

/** Newest first. What a code took all of was no bill (lib/orders/sync-order.ts): nothing follows from it. */
async function copied(db: BillTables, orderId: string) {
  const away = await db.checkout.findMany({ where: { orderId, state: "turned-away" } });
  const wasTurnedAway = (id: string | null): boolean =>
    id !== null && away.some(({ subscriptionId }) => subscriptionId === id);
  const known = await db.subscription.findMany({
    where: { orderId },
    include,
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
  });
  const all = known.filter(({ id }) => !wasTurnedAway(id));
  const drawn = await db.invoice.findMany({
    where: {
      customerId: { in: all.map(({ customerId }) => customerId) },
      status: { not: "draft" },
      // A change of period is billed for nothing, which is no bill of theirs.
      NOT: { reason: "subscription_update", totalMinor: 0 },
    },
    include: withLines,
    // The vendor counts in whole seconds: of one second the later number is the later bill.
    orderBy: [{ createdAt: "desc" }, { number: { sort: "desc", nulls: "first" } }, { id: "asc" }],
  });
  return { all, invoices: drawn.filter(({ subscriptionId }) => !wasTurnedAway(subscriptionId)) };
}

/** Since it ended they came back to a home that costs nothing. */
async function isForNothing(db: BillTables, orderId: string, { endedAt }: BillSubscription): Promise<boolean> {
  if (!endedAt) return false;
  const back = await newestReturn(db, orderId);
  return back?.totalMinor === 0 && back.subscriptionId === null && back.createdAt >= endedAt;
}

const kept = z.array(
  z.object({
    itemId: z.string(),
    what: z.string(),
    label: z.string(),
    minor: z.number().int(),
    quantity: z.number().int(),
    // Copies from before plans could be changed have none.
    plan: z.string().nullish(),
  }),
);

export interface BillLine {
  readonly itemId: string;
  readonly what: LineOf;
  readonly label: string;
  readonly sum: Money;
  /** Of a home's line the plan that it is of, where it was changed once. */
  readonly plan: string | null;
}

/** A subscription's lines, each with its sum a period. */
export const linesOfSubscription = ({ lines, currency }: Pick<BillSubscription, "lines" | "currency">): BillLine[] =>
  kept.parse(lines).map(({ itemId, what, label, minor, quantity, plan }) => ({
    itemId,
    what: lineOfKey(what),
    label,
    sum: times(moneyOf(minor, currency), quantity),
    plan: plan ?? null,
  }));

/** What it comes to a period. */
export const totalOfSubscription = (one: Pick<BillSubscription, "lines" | "currency">): Money =>
  addAll(
    linesOfSubscription(one).map(({ sum }) => sum),
    one.currency,
  );

/** How an invoice stands that may still be paid: one that the vendor wrote off is asked for no more, and owed all the same. */
export const unpaidStatuses = ["open", "uncollectible"];

/** The oldest invoice that was tried and not paid: the family owes it. */
export const owed = (invoices: readonly BillInvoice[]): BillInvoice | undefined =>
  invoices.findLast(({ status, tries, dueMinor }) => unpaidStatuses.includes(status) && tries > 0 && dueMinor > 0);

/** No month has more days. */
const mostOfMonth = 31;

/** How an invoice may stand. */
type Standing = "paid" | "open";

/** What was asked for on a line, a discount's part with it: that was given. */
interface Asked {
  readonly sum: Money;
  /** When its invoice was drawn, and for what: whoever comes back may pay by the other period. */
  readonly drawnAt: Date;
  readonly period: Period;
}

/** The parts of the name's year on invoices that stand so, of those that began at `since` or later. */
export const nameParts = (invoices: readonly BillInvoice[], since: Date, ...standing: Standing[]): Asked[] =>
  askedOn("name", invoices, since, standing);

/** What earlier last bills asked for the rest of that year, paid or not. */
export const restsAsked = (invoices: readonly BillInvoice[], since: Date): Money[] =>
  askedOn("rest-of-name", invoices, since, ["paid", "open"]).map(({ sum }) => sum);

const askedOn = (of: LineOf, invoices: readonly BillInvoice[], since: Date, standing: readonly Standing[]): Asked[] =>
  invoices
    .filter(({ status }) => standing.some((one) => one === status))
    .flatMap(({ lines, currency, createdAt: drawnAt }) =>
      lines
        .filter(({ what, proration, fromAt }) => what === keyOfLine(of) && !proration && fromAt >= since)
        // Whoever came back in a year of the name that was paid has nothing of it on their bills: those are no parts.
        .filter(({ minor, offMinor }) => minor + offMinor !== 0)
        .map(({ minor, offMinor, fromAt, untilAt }) => ({
          sum: moneyOf(minor + offMinor, currency),
          ...{ drawnAt, period: daysAfter(fromAt, mostOfMonth) < untilAt ? "year" : "month" },
        })),
    );
