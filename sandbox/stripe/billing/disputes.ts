import type { Charge } from "../objects/charge.ts";
import { type Dispute, type DisputeStatus, type Evidence, newDispute } from "../objects/dispute.ts";
import { newEarlyFraudWarning } from "../objects/early-fraud-warning.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { book, disputeFee } from "./balance.ts";
import type { Behaviour } from "./cards.ts";

/** Seven days, the shortest time Stripe gives for an answer. */
const answerWithin = 7 * 86_400;
/** How long the bank looks at test evidence: long enough to be seen under review. */
const decidedAfter = 3;

type Kind = NonNullable<Behaviour["disputedAs"]>;

/** Does what comes after a payment with some test cards: a dispute, or a warning of one. */
export function afterCharge(work: Work, charge: Charge, method: PaymentMethod): void {
  const { disputedAs, warned } = work.aside(method.id).behaviour ?? {};
  if (warned) warn(work, charge);
  if (disputedAs) dispute(work, charge, disputedAs);
}

/** The payer's bank takes the money back, or asks about it: an inquiry takes none yet. */
export function dispute(work: Work, charge: Charge, kind: Kind): Dispute {
  const inquiry = kind === "inquiry";
  const opened = newDispute(work.born("dp"), {
    charge,
    brand: charge.payment_method_details.card.brand,
    reason: inquiry ? "product_not_received" : kind,
    inquiry,
    dueBy: work.now + answerWithin,
  });
  work.tell("charge.dispute.created", opened);
  work.keep("charge.updated", { ...work.need("charge", charge.id), disputed: true });
  settleWarnings(work, charge.id);
  return inquiry ? opened : withdraw(work, opened);
}

function withdraw(work: Work, opened: Dispute): Dispute {
  const { id, amount, currency, charge } = opened;
  const booked = book(work, {
    type: "adjustment",
    category: "dispute",
    amount: -amount,
    fee: disputeFee(currency),
    feeFor: "Dispute fee",
    currency,
    source: id,
    description: `Chargeback withdrawal for ${charge}`,
  });
  const after = { ...opened, balance_transactions: [booked] };
  return work.tell("charge.dispute.funds_withdrawn", after, { previous: { balance_transactions: [] } });
}

/** Evidence is kept, and sent to the bank where that is asked. Test evidence says how the bank decides. */
export function answer(work: Work, before: Dispute, evidence: Partial<Evidence>, submit: boolean): Dispute {
  if (!isOpen(before)) throw invalid("This dispute is already closed.", { code: "dispute_closed" });
  const inquiry = before.status.startsWith("warning");
  const details = before.evidence_details;
  const after: Dispute = {
    ...before,
    evidence: { ...before.evidence, ...evidence },
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || Object.keys(evidence).length > 0,
      ...(submit ? { submission_count: details.submission_count + 1, submission_method: "manual" } : {}),
    },
    ...(submit ? { status: inquiry ? "warning_under_review" : "under_review" } : {}),
  };
  const outcome = submit ? outcomes[String(after.evidence.uncategorized_text)] : undefined;
  const aside = outcome
    ? { decision: { status: inquiry ? "warning_closed" : outcome, at: work.now + decidedAfter } }
    : {};
  const previous = { evidence: before.evidence, evidence_details: details, status: before.status };
  return work.tell("charge.dispute.updated", after, { previous, aside: aside as { decision?: Decision } });
}

export interface Decision {
  readonly status: DisputeStatus;
  /** Unix seconds. */
  readonly at: number;
}

/** What a test account may write as evidence (docs.stripe.com/testing#disputes). */
const outcomes: Readonly<Record<string, "lost" | "won">> = { winning_evidence: "won", losing_evidence: "lost" };

const isOpen = ({ status }: Dispute): boolean => status.endsWith("needs_response") || status.endsWith("under_review");

/** The bank has decided, or nobody answered in time. What is won comes back; the fee does not (from memory). */
export function close(work: Work, before: Dispute, status: "lost" | "warning_closed" | "won"): Dispute {
  if (!isOpen(before)) throw invalid("This dispute is already closed.", { code: "dispute_closed" });
  const closed: Dispute = { ...before, status };
  work.tell("charge.dispute.closed", closed, { previous: { status: before.status } });
  if (status !== "won") return closed;
  const { id, amount, currency, charge } = before;
  const description = `Chargeback reversal for ${charge}`;
  const booked = book(work, {
    type: "adjustment",
    category: "dispute_reversal",
    amount,
    currency,
    source: id,
    description,
  });
  // What was won is ours again, and can be given back.
  const after = {
    ...closed,
    balance_transactions: [...before.balance_transactions, booked],
    is_charge_refundable: true,
  };
  return work.tell("charge.dispute.funds_reinstated", after);
}

/** The day has come that an answer was due, or the decision that was on its way. */
export function disputeCame(work: Work, before: Dispute): Dispute {
  const { decision } = work.aside(before.id);
  if (before.status.endsWith("under_review") && decision) return close(work, before, decision.status as "lost" | "won");
  return close(work, before, before.status === "warning_needs_response" ? "warning_closed" : "lost");
}

export function warn(work: Work, charge: Charge) {
  return work.tell("radar.early_fraud_warning.created", newEarlyFraudWarning(work.born("issfr"), charge));
}

/** Nothing is left to do about a warning once its charge is given back whole, or disputed. */
export function settleWarnings(work: Work, charge: string): void {
  for (const one of work.all("radar.early_fraud_warning")) {
    if (one.charge !== charge || !one.actionable) continue;
    const previous = { actionable: true };
    work.tell("radar.early_fraud_warning.updated", { ...one, actionable: false }, { previous });
  }
}
