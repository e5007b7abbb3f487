import type { Charge } from "../objects/charge.ts";
import { newRefund, type Refund, type RefundReason } from "../objects/refund.ts";
import type { Metadata } from "../objects/shared.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { book } from "./balance.ts";
import { settleWarnings } from "./disputes.ts";
import { inWords } from "./money.ts";

/** How long a refund takes with the test cards whose refund comes later: long enough to be seen pending. */
const laterSeconds = 3;

interface Wanted {
  /** All that is left when not given. */
  readonly amount: number | undefined;
  readonly reason: RefundReason | null;
  readonly metadata: Metadata;
}

/** Gives money back. Throws Stripe's 400 when there is not that much left to give. */
export function refundCharge(work: Work, charge: Charge, wanted: Wanted): Refund {
  const amount = wanted.amount ?? charge.amount - charge.amount_refunded;
  mayRefund(charge, amount, work);
  const fate = work.aside(charge.payment_method).behaviour?.refund;
  const status = fate === "succeeds-later" ? "pending" : "succeeded";
  const later = fate && {
    status: fate === "fails-later" ? ("failed" as const) : ("succeeded" as const),
    at: work.now + laterSeconds,
  };
  const born = work.born("re");
  const { currency } = charge;
  const booking = { type: "refund", category: "refund", amount: -amount, currency, source: born.id } as const;
  const refund = newRefund(born, {
    amount,
    balanceTransaction: book(work, booking).id,
    charge,
    reason: wanted.reason,
    metadata: wanted.metadata,
    status,
  });
  work.tell("refund.created", refund, later ? { aside: { later } } : {});
  const after = work.tell("charge.refunded", refunded(charge, amount));
  if (after.refunded) settleWarnings(work, charge.id);
  return later ? refund : withReference(work, refund);
}

/** The bank's reference for the refund is there: what Stripe tells in `refund.updated`. */
function withReference(work: Work, refund: Refund, status?: Refund["status"]): Refund {
  const card = {
    ...refund.destination_details.card,
    reference: refund.id.slice(-12),
    reference_status: "available",
    reference_type: "acquirer_reference_number",
  };
  const updated = { ...refund, destination_details: { ...refund.destination_details, card } };
  const previous = {
    destination_details: { card: { reference: null, reference_status: null, reference_type: null } },
    ...(status ? { status } : {}),
  };
  work.tell("charge.refund.updated", updated, { previous, aside: { later: null } });
  work.tell("refund.updated", updated, { previous });
  return updated;
}

/** What was announced for later has come: the refund is settled, or has failed. */
export function refundCame(work: Work, refund: Refund): void {
  const status = work.aside(refund.id).later?.status;
  if (!status) throw new Error(`${refund.id} waits for nothing`);
  const rest: Refund = { ...refund, pending_reason: undefined };
  if (status === "succeeded") {
    withReference(work, { ...rest, status }, refund.status);
    return;
  }
  const previous = { status: refund.status };
  const { amount, currency, id: source } = refund;
  const booked = book(work, { type: "refund_failure", category: "refund_failure", amount, currency, source });
  const failed: Refund = { ...rest, status, failure_balance_transaction: booked.id, failure_reason: "unknown" };
  work.tell("refund.failed", failed, { aside: { later: null } });
  work.tell("charge.refund.updated", failed, { previous });
  work.tell("refund.updated", failed, { previous });
  const charge = work.need("charge", refund.charge);
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  work.tell("charge.updated", refunded(charge, -refund.amount), { previous: before });
}

const refunded = (charge: Charge, by: number): Charge => {
  const amount = charge.amount_refunded + by;
  return { ...charge, amount_refunded: amount, refunded: amount === charge.amount };
};

function mayRefund(charge: Charge, amount: number, work: Work): void {
  if (charge.status !== "succeeded")
    throw invalid(`Charge ${charge.id} has not been paid and cannot be refunded.`, { param: "charge" });
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const dispute = work.all("dispute").findLast((one) => one.charge === charge.id);
  if (dispute && !dispute.is_charge_refundable) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: "charge_disputed" });
  }
  if (amount > left) {
    const [much, rest] = [inWords(amount, charge.currency), inWords(left, charge.currency)];
    throw invalid(`Refund amount (${much}) is greater than unrefunded amount on charge (${rest})`, { param: "amount" });
  }
}
