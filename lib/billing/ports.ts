import type { Evidence } from "./evidence.ts";
import type { CustomerLedger, LedgerLine, LineOf } from "./ledger.ts";
import type { Money } from "./money.ts";
import type { Period, Tax } from "./read-price-book.ts";

/** The payment vendor, in our nouns. Every method may throw `Refused` or `Unreachable` (lib/errors.ts) and nothing else on purpose. */

export interface CheckoutLine {
  readonly what: LineOf;
  readonly label: string;
  /** Each period, tax included. */
  readonly sum: Money;
  /** Of a home's line the plan that it is of, where the order may say another. */
  readonly plan?: string;
}

/** What a visit is for: buying a home, or opening one again whose bill has ended. */
export type VisitPurpose = "first" | "return";

export interface CheckoutOrder {
  /** Our row of this visit; also the key that makes asking twice harmless. */
  readonly checkoutId: string;
  readonly orderId: string;
  readonly email: string;
  /** Whoever comes back is known to the vendor, and stays the same customer. */
  readonly returning?: { readonly customerId: string };
  /** All in one currency. */
  readonly lines: readonly CheckoutLine[];
  readonly period: Period;
  readonly tax: Tax;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Date;
}

/** A card that somebody is to give for a customer's bill. Nothing is charged. */
export interface CardAsked {
  /** Our name of this page; asking again with it gives the same page. */
  readonly pageId: string;
  /** The wish that it is for, by which the card is found again. */
  readonly changeId: string;
  readonly orderId: string;
  readonly customerId: string;
  /** What the card will pay, in the payer's words. */
  readonly words: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Date;
}

export interface Visit {
  readonly sessionId: string;
  readonly state: "open" | "paid" | "expired";
  readonly checkoutId: string | null;
  readonly orderId: string | null;
  readonly purpose: VisitPurpose;
  /** What is to be paid, and what it would be without a code that the buyer typed there. */
  readonly total: Money;
  readonly full: Money;
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  /** As the payer gave it to the vendor. */
  readonly email: string | null;
  readonly begunAt: Date;
}

/** What the web may do: send a buyer to the payment page, and see how that visit stands. */
export interface CheckoutDesk {
  /** Asking again with the same `checkoutId` gives the same visit. */
  open(order: CheckoutOrder): Promise<{ readonly sessionId: string; readonly url: string }>;
  look(sessionId: string): Promise<Visit | undefined>;
  /** Ends a visit that is still open; one that is paid or over stays as it is. */
  close(sessionId: string): Promise<void>;
  /** Where a customer gives another card. Good for some minutes, and for whoever has it: it is kept nowhere. */
  cardPage(customerId: string, backUrl: string): Promise<string>;
  /** Where somebody else gives a card for a customer's bill. It pays nothing before a worker has seen to it. */
  openCard(asked: CardAsked): Promise<{ readonly sessionId: string; readonly url: string }>;
}

/** How a visit was paid. */
export interface Payment {
  readonly paymentIntentId: string;
  readonly paid: Money;
  readonly receiptNumber: string;
  /** Such as "Visa ending 4242". */
  readonly cardLabel: string;
  /** The same for every payment with one card. */
  readonly cardFingerprint: string | null;
  readonly cardRisk: "normal" | "elevated";
}

/** An invoice beside the subscription's own. */
export interface ExtraBill {
  readonly billId: string;
  readonly customerId: string;
  /** Its card pays, and its order is written on it. */
  readonly subscriptionId: string;
  readonly lines: readonly CheckoutLine[];
  readonly tax: Tax;
}

/** A coupon that is put on a bill. */
export interface Gift {
  /** Given once, whatever happens. */
  readonly id: string;
  /** What a customer would type to have it. */
  readonly code: string;
}

/** What is taken back of an invoice. Refused where other credit notes left too little of it. */
export interface TakenBack {
  readonly cause: string;
  /** For the next bill; nothing where it is zero. */
  readonly sum: Money;
  /** The refund of ours that takes back the rest. */
  readonly refund: { readonly id: string; readonly sum: Money };
}

/** What a name costs from its next invoice on. */
export interface NamePrice {
  /** Names this change for good: it is made once, however often it is asked. */
  readonly cause: string;
  readonly subscriptionId: string;
  /** The subscription's line for the name. */
  readonly itemId: string;
  readonly year: number;
  /** Of the whole year, and what of it stands on an invoice of each period. */
  readonly price: Money;
  readonly parts: Readonly<Record<Period, Money>>;
}

/** Another line for the home in a subscription, or an add-on's that comes or goes. */
export interface LineTerms {
  /** Our row; written at the vendor, so that it is seen to be done. */
  readonly changeId: string;
  readonly subscriptionId: string;
  readonly what: LineOf;
  /** The line as it is now; undefined of an add-on that they do not have. */
  readonly itemId: string | undefined;
  /** The line as it will be; undefined where it goes. */
  readonly line: CheckoutLine | undefined;
  /** All add-ons that are agreed with it, where one comes or goes. Written at the vendor. */
  readonly addOns?: readonly string[];
  readonly period: Period;
  readonly tax: Tax;
  /** From when on: what is unused then comes back, and what is left of the period is asked for. */
  readonly at: Date;
}

/** All lines of a subscription for another period, from the end of the one that is paid. */
export interface PeriodTerms {
  readonly changeId: string;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly lines: readonly { readonly itemId: string; readonly sum: Money }[];
  readonly period: Period;
  readonly tax: Tax;
  /** The end of what is paid then, to the day. */
  readonly from: Date;
}

/** A card that was given for a wish. */
export interface CardGiven {
  readonly cardId: string;
  /** Such as "Visa ending 4242". */
  readonly label: string;
  /** As they wrote it beside the card. */
  readonly name: string | null;
  readonly at: Date;
}

/** Who pays a bill from now on, and with what. */
export interface NextPayer {
  /** Our row; written at the vendor, so that it is seen to be done. */
  readonly changeId: string;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly card: CardGiven;
  readonly name: string;
  readonly email: string;
}

/** The next bill as it would be. */
export interface BillPreview {
  readonly lines: readonly LedgerLine[];
  readonly total: Money;
  /** What would be asked for: the total, less or more what is kept from before. */
  readonly due: Money;
}

/** What the workers may do. */
export interface Cashier {
  look(sessionId: string): Promise<Visit | undefined>;
  payment(subscriptionId: string): Promise<Payment | undefined>;
  /** Every visit that began at `since` or later and was paid, oldest first. */
  paidVisits(since: Date): Promise<readonly Visit[]>;
  /** Refunds of a payment that carry our row's id. */
  findRefund(
    paymentIntentId: string,
    refundId: string,
  ): Promise<{ readonly vendorId: string; readonly state: "pending" | "done" | "failed" } | undefined>;
  refund(paymentIntentId: string, sum: Money, refundId: string): Promise<void>;
  /** Writes into the vendor's books that this refund takes its invoice back, as far as it goes. Once, however often it is asked. */
  creditRefund(paymentIntentId: string, vendorId: string, sum: Money): Promise<void>;
  /** Takes a part of a payment's invoice back in the books, and keeps it for the customer's next bill. Once for each cause. */
  creditNextBill(paymentIntentId: string, part: TakenBack): Promise<void>;
  /**
   * Lets a subscription end when what is paid for ends, or lets it go on after all. Says when it ends; undefined when it has
   * ended already, and nothing was changed.
   */
  endLater(subscriptionId: string, end: boolean): Promise<{ readonly endsAt: Date | null } | undefined>;
  /** From the next invoice on; refused when there is no such code, or it may not be used. */
  giveCoupon(subscriptionId: string, gift: Gift): Promise<void>;
  /** Sends a bank what is to be said of a payment that was disputed, once for good; `over` when it hears nothing more. */
  sendEvidence(disputeId: string, evidence: Evidence): Promise<"sent" | "over">;
  /**
   * Gives the name another price, from the next invoice on: nothing is asked for, or given back, of the period that runs. Says
   * what the year costs by the bill, which is not what was asked when it was done before; undefined when the bill has ended.
   */
  priceName(change: NamePrice): Promise<Money | undefined>;
  /** What the next bill would be with such a line. Changes nothing. */
  previewTerms(terms: LineTerms): Promise<BillPreview>;
  /**
   * Puts such a line into a subscription, or takes it out; the difference comes with the next bill. Once for each `changeId`.
   * `over` when the subscription has ended, `too-late` when a period began after `at`: then nothing was changed.
   */
  changeTerms(terms: LineTerms): Promise<"done" | "over" | "too-late">;
  /** What the first bill of another period would be. Changes nothing. */
  previewPeriod(terms: PeriodTerms): Promise<BillPreview>;
  /**
   * Lets the next period be another one, billed at the end of what is paid and prorated by nothing. Once for each `changeId`.
   * `not-yet` while more than one period is left until `from`, `too-late` when the next one has begun: then nothing was changed.
   */
  changePeriod(terms: PeriodTerms): Promise<"done" | "over" | "not-yet" | "too-late">;
  /** The card that was given for this wish, if it was. */
  givenCard(customerId: string, changeId: string): Promise<CardGiven | undefined>;
  /**
   * Lets this card pay the bill from its next invoice on, writes down whose it is, and forgets the cards of before. Asks for no money.
   * `later` when somebody took over later than this card was given: then nothing was changed. `over` when the bill has ended.
   */
  letPay(payer: NextPayer): Promise<"done" | "later" | "over">;
  /** Ends the pages of a wish and forgets the card that was given there. `pays` where it pays already: then nothing was changed. */
  letGo(customerId: string, changeId: string): Promise<"gone" | "pays">;
  /** One more invoice, which `billId` names for good: made and charged once, however often it is asked. Says its id. */
  drawBill(bill: ExtraBill): Promise<string>;
  /** Ends a subscription at once; one that has ended already is fine. */
  endSubscription(subscriptionId: string): Promise<void>;
}

export interface Change extends Whose {
  readonly at: Date;
}

/** By whom, or by which payment, a customer is found. */
export interface Whose {
  readonly customerId: string | null;
  /** Disputes, refunds and warnings name no customer. */
  readonly paymentIntentId: string | null;
}

/** The payment vendor's own books, which are the truth about money: ours are a copy. Reads only. */
export interface Ledger {
  /** Undefined when the vendor has no such customer (any more). */
  customer(customerId: string): Promise<CustomerLedger | undefined>;
  /** Whom or which payment anything was told of at `since` or later, oldest first; the vendor remembers thirty days. */
  changedSince(since: Date): Promise<readonly Change[]>;
}

/** A webhook is a nudge: where to look is all that is read of it. */
export interface Nudge extends Whose {
  readonly id: string;
  readonly type: string;
  readonly objectId: string | null;
  readonly orderId: string | null;
}

export interface WebhookReader {
  /** Checks the signature over the raw body. Throws a `bad-input` error when it does not hold. */
  read(rawBody: string, signature: string | null): Nudge;
}
