import type { ObjectName } from "../objects/index.ts";

/** Which properties hold an id that can be expanded, and into what; a dotted one lies in a plain object. */
export const expandable: Readonly<Record<string, Readonly<Record<string, ObjectName | null>>>> = {
  "billing_portal.session": { configuration: null },
  charge: {
    application: null,
    balance_transaction: "balance_transaction",
    customer: "customer",
    payment_intent: "payment_intent",
    review: null,
  },
  "checkout.session": {
    customer: "customer",
    "discounts.coupon": "coupon",
    "discounts.promotion_code": "promotion_code",
    invoice: "invoice",
    payment_intent: "payment_intent",
    payment_link: null,
    setup_intent: "setup_intent",
    subscription: "subscription",
  },
  customer: {
    default_source: null,
    "invoice_settings.default_payment_method": "payment_method",
    test_clock: "test_helpers.test_clock",
  },
  discount: { customer: "customer", promotion_code: "promotion_code", "source.coupon": "coupon" },
  promotion_code: { customer: "customer", "promotion.coupon": "coupon" },
  credit_note: {
    customer: "customer",
    customer_balance_transaction: "customer_balance_transaction",
    invoice: "invoice",
    "refunds.refund": "refund",
  },
  customer_balance_transaction: { credit_note: "credit_note", customer: "customer", invoice: "invoice" },
  dispute: { charge: "charge", payment_intent: "payment_intent" },
  invoice: {
    customer: "customer",
    default_payment_method: "payment_method",
    discounts: "discount",
    "total_discount_amounts.discount": "discount",
    "parent.subscription_details.subscription": "subscription",
    test_clock: "test_helpers.test_clock",
  },
  invoiceitem: {
    customer: "customer",
    invoice: "invoice",
    "pricing.price_details.price": "price",
    test_clock: "test_helpers.test_clock",
  },
  invoice_payment: { invoice: "invoice", "payment.payment_intent": "payment_intent", "payment.charge": "charge" },
  line_item: {
    discounts: "discount",
    "discount_amounts.discount": "discount",
    "pricing.price_details.price": "price",
    subscription: "subscription",
  },
  payment_intent: {
    customer: "customer",
    latest_charge: "charge",
    payment_method: "payment_method",
    review: null,
  },
  payment_method: { customer: "customer" },
  plan: { product: "product" },
  price: { product: "product" },
  product: { default_price: "price" },
  "radar.early_fraud_warning": { charge: "charge", payment_intent: "payment_intent" },
  refund: {
    balance_transaction: "balance_transaction",
    failure_balance_transaction: "balance_transaction",
    charge: "charge",
    customer: "customer",
    payment_intent: "payment_intent",
    payment_method: "payment_method",
  },
  setup_intent: { customer: "customer", latest_attempt: null, payment_method: "payment_method" },
  subscription: {
    customer: "customer",
    default_payment_method: "payment_method",
    default_source: null,
    discounts: "discount",
    latest_invoice: "invoice",
    pending_setup_intent: null,
    schedule: null,
    test_clock: "test_helpers.test_clock",
  },
};

/** Lists that are left out of an object unless they are asked for. */
export const includable: Readonly<Record<string, readonly string[]>> = {
  charge: ["refunds"],
  "checkout.session": ["line_items"],
  customer: ["subscriptions", "sources", "tax_ids"],
  invoice: ["payments"],
};
