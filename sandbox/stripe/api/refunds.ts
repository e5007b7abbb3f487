import { z } from "zod";
import { refundCharge } from "../billing/refunds.ts";
import type { Charge } from "../objects/charge.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { inRange, int, metadata, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";

const path = "/refunds";
const read = "rak_charge_read";
const write = "rak_charge_write";

export const refunds = [
  route({
    method: "POST",
    path,
    call: "refunds.create",
    permission: write,
    params: z.strictObject({
      amount: int(1).optional(),
      charge: text().optional(),
      payment_intent: text().optional(),
      metadata: metadata.optional(),
      reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
    }),
    run: ({ work, params }) =>
      refundCharge(work, chargeFor(work, params.charge, params.payment_intent), {
        amount: params.amount,
        reason: params.reason ?? null,
        metadata: params.metadata ?? {},
      }),
  }),
  route({
    method: "GET",
    path,
    call: "refunds.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      charge: text().optional(),
      created: range.optional(),
      payment_intent: text().optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("refund")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.charge === undefined || one.charge === params.charge) &&
            (params.payment_intent === undefined || one.payment_intent === params.payment_intent),
        );
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "refunds.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("refund", id),
  }),
  route({
    method: "POST",
    path: `${path}/:id`,
    call: "refunds.update",
    permission: write,
    params: z.strictObject({ metadata: metadata.optional() }),
    run: ({ work, id, params }) => {
      const before = work.need("refund", id);
      const after = { ...before, metadata: changedMetadata(before.metadata, params.metadata) };
      return work.tell("refund.updated", after, { previous: { metadata: before.metadata } });
    },
  }),
];

function chargeFor(work: Work, charge: string | undefined, intent: string | undefined): Charge {
  if (charge !== undefined) return work.need("charge", charge, "charge");
  if (intent === undefined) {
    throw invalid("One of the following params should be provided for this request: payment_intent or charge.", {
      code: "parameter_missing",
    });
  }
  const { latest_charge: latest } = work.need("payment_intent", intent, "payment_intent");
  if (latest === null)
    throw invalid(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, {
      param: "payment_intent",
    });
  return work.need("charge", latest, "payment_intent");
}
