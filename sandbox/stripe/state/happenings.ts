import type { Dunning } from "../billing/dunning.ts";
import type { EventRequest } from "../objects/event.ts";
import type { StripeObject } from "../objects/index.ts";
import type { Aside } from "./asides.ts";

/** What can happen to an object. Where Stripe has an event for it, the kind is the event's type. */
export type ObjectKind =
  | "balance_transaction.created"
  | "billing_portal.session.asked"
  | "billing_portal.session.created"
  | "charge.dispute.closed"
  | "charge.dispute.created"
  | "charge.dispute.funds_reinstated"
  | "charge.dispute.funds_withdrawn"
  | "charge.dispute.updated"
  | "charge.failed"
  | "charge.refund.updated"
  | "charge.refunded"
  | "charge.succeeded"
  | "charge.updated"
  | "checkout.session.asked"
  | "checkout.session.attempted"
  | "checkout.session.completed"
  | "checkout.session.created"
  | "checkout.session.expired"
  | "coupon.created"
  | "coupon.deleted"
  | "coupon.updated"
  | "credit_note.created"
  | "credit_note.updated"
  | "credit_note.voided"
  | "customer.created"
  | "customer.deleted"
  | "customer.discount.created"
  | "customer.discount.deleted"
  | "customer.subscription.created"
  | "customer.subscription.deleted"
  | "customer.subscription.updated"
  | "customer.updated"
  | "customer_balance_transaction.created"
  | "invoice.created"
  | "invoice.deleted"
  | "invoice.finalization_failed"
  | "invoice.finalized"
  | "invoice.marked_uncollectible"
  | "invoice.paid"
  | "invoice.payment_action_required"
  | "invoice.payment_failed"
  | "invoice.payment_succeeded"
  | "invoice.updated"
  | "invoice.voided"
  | "invoice_payment.canceled"
  | "invoice_payment.created"
  | "invoice_payment.paid"
  | "invoiceitem.created"
  | "invoiceitem.deleted"
  | "invoiceitem.invoiced"
  | "invoiceitem.updated"
  | "payment_intent.canceled"
  | "payment_intent.created"
  | "payment_intent.payment_failed"
  | "payment_intent.requires_action"
  | "payment_intent.succeeded"
  | "payment_intent.updated"
  | "payment_method.attached"
  | "payment_method.created"
  | "payment_method.detached"
  | "payment_method.updated"
  | "price.created"
  | "product.created"
  | "promotion_code.created"
  | "promotion_code.updated"
  | "radar.early_fraud_warning.created"
  | "radar.early_fraud_warning.updated"
  | "refund.created"
  | "refund.failed"
  | "refund.updated"
  | "setup_intent.canceled"
  | "setup_intent.created"
  | "setup_intent.succeeded"
  | "tax_rate.created"
  | "test_helpers.test_clock.advancing"
  | "test_helpers.test_clock.created"
  | "test_helpers.test_clock.deleted"
  | "test_helpers.test_clock.ready";

/** An object as it is from now on. `event` is set where Stripe tells its customers of it. */
export interface Kept {
  readonly kind: ObjectKind;
  readonly object: StripeObject;
  readonly aside?: Aside;
  /** From now on there is no such object. */
  readonly removed?: true;
  readonly event?: {
    readonly id: string;
    /** Unix seconds; set where it is not the time of the entry: on a test clock, and for what the clock brought late. */
    readonly created?: number;
    readonly request: EventRequest;
    readonly previous: object | null;
  };
}

/** The answer to a POST with an idempotency key, given again to the same request for a day. */
export interface AnswerSaved {
  readonly kind: "idempotency.saved";
  readonly key: string;
  /** Hash of method, path and parameters. */
  readonly fingerprint: string;
  readonly status: number;
  readonly body: string;
  /** The request id of the first answer. */
  readonly request: string;
}

export const webhookModes = ["normal", "lost", "duplicate", "reorder", "duplicate-reorder", "delay"] as const;
export type WebhookMode = (typeof webhookModes)[number];

export interface WebhooksSet {
  readonly kind: "webhooks.set";
  readonly mode: WebhookMode;
  readonly ms: number;
}
export interface WebhookLost {
  readonly kind: "webhook.lost";
  readonly event: string;
}
export interface WebhookTried {
  readonly kind: "webhook.tried";
  readonly event: string;
  /** What the endpoint answered; null when it could not be reached. */
  readonly status: number | null;
  readonly why: string | null;
  readonly delivered: boolean;
}

/** How failed renewals are treated from now on. */
export interface DunningSet extends Dunning {
  readonly kind: "dunning.set";
}

export type StripeHappening = AnswerSaved | DunningSet | Kept | WebhookLost | WebhooksSet | WebhookTried;
