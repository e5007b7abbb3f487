import { type CheckoutSession, type LineItem, type SessionDiscount, sessionTax } from "../objects/checkout-session.ts";
import { ApiError } from "../protocol/errors.ts";
import type { CheckoutAside } from "../state/asides.ts";
import type { Work } from "../state/work.ts";
import { checkoutOf } from "./checkout-payment.ts";
import { findCoupon } from "./coupons.ts";
import { takenOff } from "./discounts.ts";
import { taxOf } from "./tax.ts";

interface Summed {
  readonly session: CheckoutSession;
  readonly lines: readonly LineItem[];
}

/** The session and its lines with what its discounts take off, and with the tax that is in them where the payer's country is known. */
export function summed(
  work: Work,
  session: CheckoutSession,
  given: readonly LineItem[],
  discounts: readonly SessionDiscount[],
  country: string | null,
): Summed {
  const coupons = discounts.flatMap(({ coupon }) => work.find("coupon", coupon) ?? []);
  const rows = takenOff(
    given.map((line) => line.amount_subtotal),
    coupons,
    session.currency,
  );
  const lines = given.map((line, place): LineItem => {
    const amount_discount = rows.reduce((sum, row) => sum + (row[place] ?? 0), 0);
    const amount_total = line.amount_subtotal - amount_discount;
    const taxed = session.automatic_tax.enabled && country !== null;
    const amount_tax = taxed ? taxOf(work, amount_total, country, "inclusive").amount : 0;
    return { ...line, amount_discount, amount_tax, amount_total };
  });
  const off = lines.reduce((sum, line) => sum + line.amount_discount, 0);
  const amount_total = session.amount_subtotal - off;
  return {
    lines,
    session: {
      ...session,
      amount_total,
      automatic_tax: sessionTax(session.automatic_tax.enabled, country !== null),
      discounts: [...discounts],
      total_details: {
        ...session.total_details,
        amount_discount: off,
        amount_tax: lines.reduce((sum, line) => sum + line.amount_tax, 0),
      },
    },
  };
}

/** What each later period costs: without a coupon for one bill. */
export function laterTotal(work: Work, session: CheckoutSession, { lines }: CheckoutAside): number {
  const lasting = session.discounts.filter(({ coupon }) => work.find("coupon", coupon)?.duration !== "once");
  const again = lines.filter(({ price }) => price.recurring !== null);
  return summed(work, session, again, lasting, null).lines.reduce((sum, line) => sum + line.amount_total, 0);
}

/** The payer typed a code on the page. A code that cannot be used is left alone. */
export function applyCode(work: Work, session: CheckoutSession, typed: string): void {
  const code = work
    .all("promotion_code")
    .findLast((one) => one.active && one.code.toLowerCase() === typed.toLowerCase());
  if (!code) return;
  try {
    const { coupon } = findCoupon(work, { promotion_code: code.id }, session.customer, "discounts[0]");
    const checkout = checkoutOf(work, session);
    const discounts = [{ coupon: coupon.id, promotion_code: code.id }];
    const country = work.find("customer", session.customer)?.address?.country ?? null;
    const after = summed(work, session, checkout.lines, discounts, country);
    work.keep("checkout.session.attempted", after.session, { checkout: { ...checkout, lines: after.lines } });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
