import type Stripe from "stripe";
import type { Evidence } from "@/lib/billing/evidence.ts";
import { ask } from "./client.ts";

/** A bank reads evidence once: what was sent, by us or by hand at the vendor's, is never sent again. */
export async function sendEvidence(stripe: Stripe, id: string, evidence: Evidence): Promise<"sent" | "over"> {
  const before = await ask("disputes.retrieve", () => stripe.disputes.retrieve(id));
  if (wasSent(before)) return "sent";
  if (!before.status.endsWith("needs_response")) return "over";
  const after = await ask("disputes.update", () =>
    stripe.disputes.update(
      id,
      { evidence: inTheirWords(evidence), submit: true },
      { idempotencyKey: `evidence-${id}` },
    ),
  );
  if (!wasSent(after)) throw new Error(`Evidence for ${id} was taken, and not sent to the bank`);
  return "sent";
}

const wasSent = ({ evidence_details: details }: Stripe.Dispute): boolean => details.submission_count > 0;

const inTheirWords = ({ payer, email, from, sold, since, agreed, stopping, used, more }: Evidence) => ({
  ...(payer ? { customer_name: payer } : {}),
  ...(email ? { customer_email_address: email } : {}),
  ...(from ? { customer_purchase_ip: from } : {}),
  ...(since ? { service_date: since } : {}),
  ...(agreed ? { refund_policy_disclosure: agreed } : {}),
  product_description: sold,
  cancellation_policy_disclosure: stopping,
  access_activity_log: used,
  uncategorized_text: more,
});
