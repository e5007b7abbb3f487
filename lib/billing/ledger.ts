import type { Money } from "./money.ts";
import type { Period } from "./read-price-book.ts";

/** Everything the payment vendor knows of one customer, in our nouns. */
export interface CustomerLedger {
  readonly email: string | null;
  /** Below zero is theirs: it pays for the next bill. Null before anything was billed. */
  readonly balance: Money | null;
  readonly card: CardOnFile | null;
  /** Who took over the bill; null where it is still the buyer's. */
  readonly payer: PayerOnFile | null;
  readonly subscriptions: readonly LedgerSubscription[];
  readonly invoices: readonly LedgerInvoice[];
  readonly creditNotes: readonly LedgerCreditNote[];
  readonly movements: readonly LedgerMovement[];
  readonly disputes: readonly LedgerDispute[];
  readonly warnings: readonly LedgerWarning[];
}

export interface CardOnFile {
  /** Such as "Visa ending 4242". */
  readonly label: string;
  /** The first moment at which it is no longer good. */
  readonly endsAt: Date;
}

/** Who pays, as it was written down at the vendor. */
export interface PayerOnFile {
  /** The wish of ours that made it so. */
  readonly changeId: string;
  readonly name: string;
  readonly since: Date;
}

/** What a line is for. What was billed by the name of no line of ours is `other`. */
export type LineOf = "home" | "name" | "rest-of-name" | "other" | { readonly addOn: string };

export interface LedgerSubscription {
  readonly id: string;
  readonly orderId: string | null;
  /** The vendor's own word. */
  readonly status: string;
  readonly currency: string;
  readonly period: Period;
  readonly startedAt: Date;
  readonly periodFrom: Date;
  readonly periodUntil: Date;
  readonly cancelAt: Date | null;
  readonly endedAt: Date | null;
  readonly lines: readonly SubscriptionLine[];
  /** What was agreed to be beside the home, where that was changed once: ids of the price book. */
  readonly addOns: readonly string[] | null;
  readonly discounts: readonly LedgerDiscount[];
}

/** What a coupon takes off each bill: a part of each line, or one sum. */
export interface LedgerDiscount {
  /** The coupon's name. */
  readonly label: string;
  /** In hundredths of a per cent: 1250 is an eighth. */
  readonly hundredths: number | null;
  readonly sum: Money | null;
  /** Off the next bill alone. */
  readonly once: boolean;
  readonly until: Date | null;
}

export interface SubscriptionLine {
  readonly itemId: string;
  readonly what: LineOf;
  readonly label: string;
  /** Each period, for one. */
  readonly sum: Money;
  readonly quantity: number;
  /** Of a home's line that was changed once: the plan that it is of. */
  readonly plan: string | null;
}

export interface LedgerInvoice {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly number: string | null;
  /** The vendor's own word: draft, open, paid, void, uncollectible. */
  readonly status: string;
  /** The vendor's own word: subscription_create, subscription_cycle, subscription_update, manual. */
  readonly reason: string;
  readonly total: Money;
  /** Within the total. */
  readonly tax: Money;
  readonly paid: Money;
  readonly due: Money;
  /** What coupons took off: the total and the lines are without it. */
  readonly off: Money;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly tries: number;
  readonly nextTryAt: Date | null;
  /** Why the last try failed, in the vendor's own code. */
  readonly refusal: string | null;
  readonly pageUrl: string | null;
  readonly pdfUrl: string | null;
  readonly lines: readonly LedgerLine[];
}

export interface LedgerLine {
  readonly id: string;
  readonly what: LineOf;
  readonly label: string;
  /** All-in, with its discounts taken off: the lines of an invoice come to its total. */
  readonly sum: Money;
  readonly tax: Money;
  /** What discounts took off it. */
  readonly off: Money;
  readonly quantity: number;
  readonly proration: boolean;
  readonly from: Date;
  readonly until: Date;
}

export interface LedgerCreditNote {
  readonly id: string;
  readonly invoiceId: string;
  readonly number: string;
  readonly status: "issued" | "void";
  readonly sum: Money;
  readonly tax: Money;
  /** Of the sum, what refunds gave back; the rest was still asked for, or is kept for the next bills. */
  readonly paid: Money;
  readonly createdAt: Date;
}

/** One entry in the vendor's account of our money. */
export interface LedgerMovement {
  readonly id: string;
  readonly kind: "charge" | "refund" | "refund-failed" | "dispute" | "dispute-won";
  readonly sourceId: string;
  readonly paymentIntentId: string | null;
  readonly invoiceId: string | null;
  /** As the customer sees it; below zero when it goes from us to them. */
  readonly sum: Money;
  /** As it changes the account, before the fee and in the account's own currency. */
  readonly balance: Money;
  readonly fee: Money;
  /** What the vendor itself says is left of it. */
  readonly net: Money;
  readonly at: Date;
}

export interface LedgerDispute {
  readonly id: string;
  readonly paymentIntentId: string | null;
  /** The vendor's own word. */
  readonly status: string;
  readonly reason: string;
  readonly sum: Money;
  readonly createdAt: Date;
  readonly dueBy: Date | null;
  /** How often evidence was sent to the bank. */
  readonly submissions: number;
}

/** A card's network says that a payment may be fraud. */
export interface LedgerWarning {
  readonly id: string;
  readonly paymentIntentId: string | null;
  /** The network's own word. */
  readonly kind: string;
  /** Something can still be done about it. */
  readonly actionable: boolean;
  readonly createdAt: Date;
}

const addOn = "add-on:";
const ours: readonly LineOf[] = ["home", "name", "rest-of-name"];

/** As it is written down, here and at the vendor. */
export const keyOfLine = (what: LineOf): string => (typeof what === "string" ? what : `${addOn}${what.addOn}`);

/** What nobody wrote down is `other`. */
export function lineOfKey(key: string | null | undefined): LineOf {
  if (key?.startsWith(addOn)) return { addOn: key.slice(addOn.length) };
  return ours.find((one) => one === key) ?? "other";
}
