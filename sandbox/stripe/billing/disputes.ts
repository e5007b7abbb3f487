import type { Charge } from "../objects/charge.ts";
import { newDispute } from "../objects/dispute.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Work } from "../state/work.ts";

/** Seven days, the shortest time Stripe gives for an answer. */
const answerWithin = 7 * 86_400;

/** Opens the dispute that comes with some test cards; does nothing for the others. */
export function openDispute(work: Work, charge: Charge, method: PaymentMethod): void {
  const kind = work.aside(method.id).behaviour?.disputedAs;
  if (kind === undefined) return;
  const inquiry = kind === "inquiry";
  const dispute = newDispute(work.born("dp"), {
    charge,
    brand: method.card.brand,
    reason: inquiry ? "product_not_received" : kind,
    inquiry,
    dueBy: work.now + answerWithin,
  });
  work.tell("charge.dispute.created", dispute);
  // An inquiry takes no money yet.
  if (!inquiry) work.tell("charge.dispute.funds_withdrawn", dispute);
  work.keep("charge.updated", { ...charge, disputed: true });
}
