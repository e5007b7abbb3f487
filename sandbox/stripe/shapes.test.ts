import type Stripe from "stripe";
import { expectTypeOf, test } from "vitest";
import type { BalanceTransaction } from "./objects/balance-transaction.ts";
import type { Charge } from "./objects/charge.ts";
import type { CheckoutSession, LineItem, SetupSession } from "./objects/checkout-session.ts";
import type { Coupon, Discount, PromotionCode } from "./objects/coupon.ts";
import type { CreditNote, CreditNoteLine } from "./objects/credit-note.ts";
import type { Customer } from "./objects/customer.ts";
import type { CustomerBalanceTransaction } from "./objects/customer-balance-transaction.ts";
import type { Dispute } from "./objects/dispute.ts";
import type { EarlyFraudWarning } from "./objects/early-fraud-warning.ts";
import type { StripeEvent } from "./objects/event.ts";
import type { Invoice } from "./objects/invoice.ts";
import type { InvoiceItem } from "./objects/invoice-item.ts";
import type { InvoiceLine } from "./objects/invoice-line.ts";
import type { InvoicePayment } from "./objects/invoice-payment.ts";
import type { PaymentIntent } from "./objects/payment-intent.ts";
import type { PaymentMethod } from "./objects/payment-method.ts";
import type { PortalSession } from "./objects/portal-session.ts";
import type { Price, Product } from "./objects/product.ts";
import type { Refund } from "./objects/refund.ts";
import type { SetupIntent } from "./objects/setup-intent.ts";
import type { Subscription, SubscriptionItem } from "./objects/subscription.ts";
import type { TaxRate } from "./objects/tax-rate.ts";
import type { TestClock } from "./objects/test-clock.ts";

/** Two differences are none: Stripe's types are mutable, and the SDK turns the text of `…_decimal` into an object of its own. */
type Mutable<T> = T extends string | number | boolean | null | undefined
  ? T
  : { -readonly [K in keyof T]: K extends `${string}_decimal` ? Stripe.Decimal : Mutable<T[K]> };

// The compiler does the comparing (`npm run types`): a field that is missing or of another type does not compile.
test("every object has the fields and types that the SDK declares", () => {
  expectTypeOf<Mutable<Charge>>().toExtend<Stripe.Charge>();
  expectTypeOf<Mutable<CheckoutSession>>().toExtend<Stripe.Checkout.Session>();
  expectTypeOf<Mutable<SetupSession>>().toExtend<Stripe.Checkout.Session>();
  expectTypeOf<Mutable<SetupIntent>>().toExtend<Stripe.SetupIntent>();
  expectTypeOf<Mutable<LineItem>>().toExtend<Stripe.LineItem>();
  expectTypeOf<Mutable<Customer>>().toExtend<Stripe.Customer>();
  expectTypeOf<Mutable<BalanceTransaction>>().toExtend<Stripe.BalanceTransaction>();
  expectTypeOf<Mutable<CreditNote>>().toExtend<Stripe.CreditNote>();
  expectTypeOf<Mutable<CreditNoteLine>>().toExtend<Stripe.CreditNoteLineItem>();
  expectTypeOf<Mutable<EarlyFraudWarning>>().toExtend<Stripe.Radar.EarlyFraudWarning>();
  expectTypeOf<Mutable<Coupon>>().toExtend<Stripe.Coupon>();
  expectTypeOf<Mutable<Discount>>().toExtend<Stripe.Discount>();
  expectTypeOf<Mutable<PromotionCode>>().toExtend<Stripe.PromotionCode>();
  expectTypeOf<Mutable<Dispute>>().toExtend<Stripe.Dispute>();
  expectTypeOf<Mutable<Invoice>>().toExtend<Stripe.Invoice>();
  expectTypeOf<Mutable<InvoiceLine>>().toExtend<Stripe.InvoiceLineItem>();
  expectTypeOf<Mutable<InvoiceItem>>().toExtend<Stripe.InvoiceItem>();
  expectTypeOf<Mutable<CustomerBalanceTransaction>>().toExtend<Stripe.CustomerBalanceTransaction>();
  expectTypeOf<Mutable<InvoicePayment>>().toExtend<Stripe.InvoicePayment>();
  expectTypeOf<Mutable<PaymentIntent>>().toExtend<Stripe.PaymentIntent>();
  expectTypeOf<Mutable<PaymentMethod>>().toExtend<Stripe.PaymentMethod>();
  expectTypeOf<Mutable<PortalSession>>().toExtend<Stripe.BillingPortal.Session>();
  expectTypeOf<Mutable<Price>>().toExtend<Stripe.Price>();
  expectTypeOf<Mutable<Product>>().toExtend<Stripe.Product>();
  expectTypeOf<Mutable<Refund>>().toExtend<Stripe.Refund>();
  expectTypeOf<Mutable<Subscription>>().toExtend<Stripe.Subscription>();
  expectTypeOf<Mutable<SubscriptionItem>>().toExtend<Stripe.SubscriptionItem>();
  expectTypeOf<Mutable<TestClock>>().toExtend<Stripe.TestHelpers.TestClock>();
  expectTypeOf<Mutable<TaxRate>>().toExtend<Stripe.TaxRate>();
  expectTypeOf<Mutable<StripeEvent>>().toExtend<
    Pick<Stripe.Event, "api_version" | "created" | "id" | "livemode" | "object" | "pending_webhooks" | "request">
  >();
});
