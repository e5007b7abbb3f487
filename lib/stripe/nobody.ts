import type { Cashier, CheckoutDesk, Ledger, WebhookReader } from "@/lib/billing/ports.ts";
import { NameplateError } from "@/lib/errors.ts";

/** Where everything is given away and no key is set: there is nobody to ask. What was never paid is never found. */
const nothing = async (): Promise<undefined> => undefined;
const never = async (): Promise<never> => {
  throw new Error("There is no payment vendor here, and something is to be paid or sent back");
};

export const nobodysDesk: CheckoutDesk = {
  open: never,
  look: nothing,
  close: nothing,
  cardPage: never,
  openCard: never,
};

export const nobodysCashier: Cashier = {
  look: nothing,
  payment: nothing,
  paidVisits: async () => [],
  findRefund: nothing,
  refund: never,
  creditNextBill: never,
  creditRefund: never,
  endLater: never,
  giveCoupon: never,
  sendEvidence: never,
  priceName: never,
  givenCard: nothing,
  letPay: never,
  letGo: never,
  drawBill: never,
  previewTerms: never,
  changeTerms: never,
  previewPeriod: never,
  changePeriod: never,
  endSubscription: never,
};

export const nobodysLedger: Ledger = { customer: nothing, changedSince: async () => [] };

export const nobodysWebhooks: WebhookReader = {
  read() {
    throw new NameplateError("bad-input", "No payment vendor writes to us here");
  },
};
