import { z } from "zod";
import { answer, close } from "../billing/disputes.ts";
import { noEvidence } from "../objects/dispute.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { bool, inRange, metadata, orUnset, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

const read = "rak_dispute_read";
const write = "rak_dispute_write";

type Field = keyof typeof noEvidence;
const fields = (Object.keys(noEvidence) as Field[]).filter((field) => field !== "enhanced_evidence");
// Stripe's limit for all text together.
const piece = orUnset(text(150_000)).optional();
const evidence = z.strictObject(
  Object.fromEntries(fields.map((field) => [field, piece])) as Record<
    Exclude<Field, "enhanced_evidence">,
    typeof piece
  >,
);
const about = { charge: text().optional(), created: range.optional(), payment_intent: text().optional() };

export const disputes = [
  route({
    method: "GET",
    path: "/disputes",
    call: "disputes.list",
    permission: read,
    params: z.strictObject({ ...paging, ...about }),
    run: ({ work, params }) =>
      pageOf(
        "/v1/disputes",
        work.all("dispute").filter((one) => isAbout(one, params)),
        params,
      ),
  }),
  route({
    method: "GET",
    path: "/disputes/:id",
    call: "disputes.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("dispute", id),
  }),
  route({
    method: "POST",
    path: "/disputes/:id",
    call: "disputes.update",
    permission: write,
    params: z.strictObject({
      evidence: evidence.optional(),
      metadata: metadata.optional(),
      submit: bool.optional(),
    }),
    run: ({ work, id, params }) => {
      const before = work.need("dispute", id);
      const noted = { ...before, metadata: changedMetadata(before.metadata, params.metadata) };
      // Evidence is sent at once unless it is asked to wait.
      if (!params.evidence && !params.submit)
        return work.tell("charge.dispute.updated", noted, { previous: { metadata: before.metadata } });
      const given = Object.entries(params.evidence ?? {}).filter(([, value]) => value !== undefined);
      return answer(work, noted, Object.fromEntries(given), params.submit ?? true);
    },
  }),
  route({
    method: "POST",
    path: "/disputes/:id/close",
    call: "disputes.close",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => close(work, work.need("dispute", id), "lost"),
  }),
  route({
    method: "GET",
    path: "/radar/early_fraud_warnings",
    call: "radar.earlyFraudWarnings.list",
    permission: read,
    params: z.strictObject({ ...paging, ...about }),
    run: ({ work, params }) => {
      const found = work.all("radar.early_fraud_warning").filter((one) => isAbout(one, params));
      return pageOf("/v1/radar/early_fraud_warnings", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/radar/early_fraud_warnings/:id",
    call: "radar.earlyFraudWarnings.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("radar.early_fraud_warning", id),
  }),
];

interface About {
  readonly charge?: string | undefined;
  readonly created?: z.output<typeof range> | undefined;
  readonly payment_intent?: string | undefined;
}
const isAbout = (one: { charge: string; created: number; payment_intent: string }, wanted: About): boolean =>
  inRange(one.created, wanted.created) &&
  (wanted.charge === undefined || one.charge === wanted.charge) &&
  (wanted.payment_intent === undefined || one.payment_intent === wanted.payment_intent);
