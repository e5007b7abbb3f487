/** What our endpoint is subscribed to (README, "Real keys"): payments seen or over, refunds that changed. */
export const webhookEvents: readonly string[] = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "refund.updated",
  "refund.failed",
];
