import type { BalanceTransaction } from "./balance-transaction.ts";
import type { Charge } from "./charge.ts";
import type { CheckoutSession, SetupSession } from "./checkout-session.ts";
import type { Coupon, Discount, PromotionCode } from "./coupon.ts";
import type { CreditNote } from "./credit-note.ts";
import type { Customer } from "./customer.ts";
import type { CustomerBalanceTransaction } from "./customer-balance-transaction.ts";
import type { Dispute } from "./dispute.ts";
import type { EarlyFraudWarning } from "./early-fraud-warning.ts";
import type { Invoice } from "./invoice.ts";
import type { InvoiceItem } from "./invoice-item.ts";
import type { InvoicePayment } from "./invoice-payment.ts";
import type { PaymentIntent } from "./payment-intent.ts";
import type { PaymentMethod } from "./payment-method.ts";
import type { PortalSession } from "./portal-session.ts";
import type { Price, Product } from "./product.ts";
import type { Refund } from "./refund.ts";
import type { SetupIntent } from "./setup-intent.ts";
import type { Subscription } from "./subscription.ts";
import type { TaxRate } from "./tax-rate.ts";
import type { TestClock } from "./test-clock.ts";

/** Everything that is kept under an id of its own. Parts (lines, items) live inside what they belong to. */
export type StripeObject =
  | BalanceTransaction
  | Charge
  | CheckoutSession
  | SetupSession
  | Customer
  | Coupon
  | CreditNote
  | CustomerBalanceTransaction
  | Discount
  | PromotionCode
  | Dispute
  | EarlyFraudWarning
  | Invoice
  | InvoiceItem
  | InvoicePayment
  | PaymentIntent
  | PaymentMethod
  | PortalSession
  | Price
  | Product
  | Refund
  | SetupIntent
  | Subscription
  | TaxRate
  | TestClock;
export type ObjectName = StripeObject["object"];
export type ObjectOf<N extends ObjectName> = Extract<StripeObject, { readonly object: N }>;
