import type { Charge } from "./charge.ts";
import type { Born } from "./shared.ts";

/** The card's network says that a payment may be fraud. A refund before a dispute comes spares its fee. */
export type EarlyFraudWarning = ReturnType<typeof newEarlyFraudWarning>;
export const newEarlyFraudWarning = ({ id, created }: Born, charge: Charge) => ({
  id,
  object: "radar.early_fraud_warning" as const,
  actionable: true as boolean,
  charge: charge.id,
  created,
  fraud_type: "unauthorized_use_of_card",
  livemode: false,
  payment_intent: charge.payment_intent,
});
