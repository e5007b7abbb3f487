import { type Bill, isFree, linesOf } from "@/lib/billing/bill.ts";
import { allOff, type Discount, discountsAt } from "@/lib/billing/discount.ts";
import { isDisputed } from "@/lib/billing/dispute.ts";
import type { LineOf } from "@/lib/billing/ledger.ts";
import { add, isZero, type Money, moneyOf, negate } from "@/lib/billing/money.ts";
import { beginningOf, yearAt } from "@/lib/billing/name-year.ts";
import { newestWish, type Wish } from "@/lib/billing/newest-wish.ts";
import { nextBill } from "@/lib/billing/next-bill.ts";
import { type Quote, readQuote } from "@/lib/billing/quote.ts";
import {
  type BillInvoice,
  type BillSubscription,
  linesOfSubscription,
  nameParts,
  type OrderBill,
  readBill,
  totalOfSubscription,
} from "@/lib/billing/read-bill.ts";
import { restOfYear, yearPrice } from "@/lib/billing/rest-of-year.ts";
import { type YearAhead, yearAhead } from "@/lib/billing/year-ahead.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Order, Tenant } from "@/lib/generated/prisma/client.ts";
import type { Rest } from "@/lib/provisioning/step.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { restOf } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";
import { type Owed, owedOf } from "./describe-owed.ts";
import { firstBill, type PastBill, pastBill } from "./past-bill.ts";

/** A home's bill: from the copy of the payment vendor's ledger, and before the first copy from what was agreed. Times are ISO. */
export interface BillView {
  readonly name: string;
  readonly people: number;
  /** What was agreed. */
  readonly quote: Bill;
  /** Null where nothing is asked for, or nothing more will be. */
  readonly next: { readonly at: string; readonly sum: Money } | null;
  readonly card: { readonly label: string; readonly endsAt: string | null; readonly endsSoon: boolean } | null;
  /** Each period, as the next invoice will have them; they come to `total`. */
  readonly lines: readonly { readonly what: LineOf; readonly label: string; readonly sum: Money }[];
  readonly total: Money;
  /** What coupons take off the next invoice: `total` is without it. */
  readonly coupons: readonly Discount[];
  /** What of the last paid invoice was tax; null when it had none. */
  readonly tax: Money | null;
  /** What the name's year costs that we are in, and how many parts of it are paid. */
  readonly nameYear: Money;
  readonly partsPaid: number;
  /** The name's next year; null before the first copy. */
  readonly ahead: YearAhead | null;
  /** Whether the name is held elsewhere: then its later years cost nothing. */
  readonly nameLeft: boolean;
  readonly ending: Ending | null;
  /** What was asked for and not paid. */
  readonly owed: Owed | null;
  /** Newest first. */
  readonly past: readonly PastBill[];
  /** What is still to be paid where nothing more is drawn by itself: the last bill, or one that was not taken. */
  readonly left: Money | null;
  /** Whether the home rests, and why. */
  readonly rests: Rest["because"] | null;
}

export interface Ending {
  /** `wanted` while a wish of theirs is carried out; `held` when a person has to; `over` when nothing runs any more. */
  readonly state: "runs" | "wanted" | "held" | "stops" | "over";
  /** When what is paid for ends. */
  readonly at: string;
  /** What of the name's year would still be owed then: it is on the last bill. */
  readonly rest: Money;
  /** The same for whoever closes it today. */
  readonly restToday: Money;
}

/** For whoever pays it. */
export const describeBill = async (world: World, who: Member): Promise<BillView> =>
  billView(world, await billOf(world, who));

/** Authorises nobody: the verb that calls this has. */
export async function billView({ db, clock }: Pick<World, "db" | "clock">, tenant: Tenant): Promise<BillView> {
  const [order, people, bill] = await Promise.all([
    db.order.findUniqueOrThrow({ where: { id: tenant.orderId } }),
    db.person.count({ where: { tenantId: tenant.id, ...livesThere } }),
    readBill(db, tenant.orderId),
  ]);
  const [quote, now] = [readQuote(order), clock.now()];
  const { subscription, invoices, begunAt } = bill;
  const wish = subscription && (await newestWish(db, order.id, subscription));
  const rests = restOf(tenant)?.because ?? null;
  const past =
    invoices.length > 0
      ? invoices.filter(({ status }) => status !== "void").map((one) => pastBill(one, one.id === invoices.at(-1)?.id))
      : firstBill(order);
  const ending = subscription ? endingOf(quote, bill, subscription, wish, now) : null;
  const year = begunAt ? yearAt(begunAt, now) : 1;
  const since = begunAt ? beginningOf(begunAt, year) : now;
  return {
    name: tenant.name,
    people,
    quote,
    ...runningBill(order, quote, bill, now),
    card: cardOf(order, subscription, now),
    tax: taxOf(invoices),
    nameYear: yearPrice(quote, bill.years, year),
    // The first part is in the first payment, be it copied yet or not.
    partsPaid: begunAt ? nameParts(bill.standing, since, "paid").length : 1,
    ahead: yearAhead(quote, bill, now) ?? null,
    nameLeft: tenant.nameLeftAt !== null,
    ending,
    // While a bank looks at what was paid, we ask for no other money.
    owed: (await isDisputed(db, order.id)) ? null : owedOf(bill, rests, now),
    rests,
    past,
    left: leftOf(ending, past),
  };
}

function runningBill(
  order: Order,
  quote: Quote,
  { subscription }: OrderBill,
  now: Date,
): Pick<BillView, "next" | "lines" | "total" | "coupons"> {
  const { paidAt, paidMinor } = order;
  const agreed = {
    lines: linesOf(quote).map((line) => ({ ...line, label: "" })),
    total: quote.total,
    coupons: [],
  };
  if (!subscription) {
    const next = paidAt && paidMinor && !isFree(quote) ? nextBill(paidAt, quote, now) : undefined;
    return { ...agreed, next: next ? { at: next.at.toISOString(), sum: next.sum } : null };
  }
  const { periodUntil, cancelAt, endedAt, customer } = subscription;
  const total = totalOfSubscription(subscription);
  const coupons = discountsAt(subscription, periodUntil);
  const asked = add(total, negate(allOff(coupons, subscription.currency)));
  // What the vendor holds for them pays first.
  const sum = add(asked, moneyOf(customer.balanceMinor, subscription.currency));
  return {
    coupons,
    // Of a name that left the line stays at the vendor, and asks nothing.
    lines: linesOfSubscription(subscription).filter(({ what, sum }) => what !== "name" || !isZero(sum)),
    total,
    next: cancelAt || endedAt ? null : { at: periodUntil.toISOString(), sum },
  };
}

/** A card is said to end soon for so long: two bills by the month. */
const soonDays = 45;

function cardOf(order: Order, subscription: BillSubscription | undefined, now: Date): BillView["card"] {
  const label = subscription?.customer.cardLabel ?? order.cardLabel;
  if (!label) return null;
  const endsAt = subscription?.customer.cardEndsAt ?? null;
  return {
    label,
    endsAt: endsAt?.toISOString() ?? null,
    endsSoon: endsAt !== null && endsAt <= daysAfter(now, soonDays),
  };
}

function endingOf(
  quote: Quote,
  bill: OrderBill,
  { cancelAt, endedAt, periodUntil }: BillSubscription,
  wish: Wish | undefined,
  now: Date,
): Ending {
  const at = endedAt ?? cancelAt ?? periodUntil;
  const asked = wish?.state === "held" ? "held" : wish?.state === "under way" ? "wanted" : undefined;
  const state = endedAt ? "over" : (asked ?? (cancelAt ? "stops" : "runs"));
  return {
    state,
    at: at.toISOString(),
    rest: restOfYear(quote, bill, at),
    restToday: restOfYear(quote, bill, endedAt ?? now),
  };
}

function leftOf(ending: Ending | null, past: readonly PastBill[]): Money | null {
  if (ending && !isZero(ending.rest)) return ending.rest;
  return past.find(({ unpaid }) => unpaid)?.sum ?? null;
}

function taxOf(invoices: readonly BillInvoice[]): Money | null {
  const last = invoices.find(({ status }) => status === "paid");
  return last && last.taxMinor > 0 ? moneyOf(last.taxMinor, last.currency) : null;
}
