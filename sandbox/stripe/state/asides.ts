import type { Behaviour } from "../billing/cards.ts";
import type { Decision } from "../billing/disputes.ts";
import type { LineItem } from "../objects/checkout-session.ts";
import type { Coupon } from "../objects/coupon.ts";
import type { Metadata } from "../objects/shared.ts";

/** What the stand-in must remember beside an object, but never shows in its answers. */
export interface Aside {
  /** Of a checkout session. */
  readonly checkout?: CheckoutAside;
  /** Of a portal session, or of one that keeps a card: the card that waits for its bank's yes. */
  readonly waitingCard?: string | null;
  /** Of a payment method: how its test card behaves. */
  readonly behaviour?: Behaviour;
  /** Of a discount: its coupon as it was redeemed. */
  readonly coupon?: Coupon;
  /** Of a dispute: how the bank will decide, and when. */
  readonly decision?: Decision;
  /** Of a refund: what becomes of it later, and when (unix seconds); null once it has. */
  readonly later?: { readonly status: "failed" | "succeeded"; readonly at: number } | null;
}

export interface CheckoutAside {
  readonly lines: readonly LineItem[];
  readonly subscription: {
    readonly metadata: Metadata;
    readonly description: string | null;
  };
  /** The address that the payer types becomes the customer's. */
  readonly takesAddress: boolean;
  /** The payment being tried on the payment page. */
  readonly attempt?: Attempt;
}

/** What the payer typed, without the card's number and code: the page shows it again after a refused payment. */
export interface Typed {
  readonly email: string;
  readonly name: string;
  readonly country: string;
  readonly postcode: string;
  readonly expiry: string;
}
export interface Attempt {
  readonly paymentIntent: string;
  /** The card that waits for its bank's yes, while it does. */
  readonly paymentMethod: string | null;
  readonly typed: Typed;
  readonly termsAccepted: boolean;
  /** Why the last try did not work, in words for the payer. */
  readonly refused: string | null;
}
