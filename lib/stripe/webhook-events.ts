/**
 * What our endpoint is subscribed to (README, "Real keys"): payments seen or over, and what changes a customer's bill or
 * money. The vendor lists at most twenty types at once (GET /v1/events), and `Ledger.changedSince` reads just these back,
 * should a delivery be lost; what is not here is seen within a day (lib/billing/sync-billing.ts).
 */
export const webhookEvents = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "refund.updated",
  "refund.failed",
  "charge.refunded",
  "charge.dispute.created",
  "charge.dispute.closed",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
  "radar.early_fraud_warning.created",
  "credit_note.created",
  "customer.updated",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "invoice.voided",
] as const;
