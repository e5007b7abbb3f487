import { z } from "zod";
import { drawNote, issueNote, voidNote } from "../billing/credit-notes.ts";
import { listOf } from "../objects/shared.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { inRange, int, metadata, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

const path = "/credit_notes";
const read = "rak_credit_note_read";
const write = "rak_credit_note_write";

const line = z.strictObject({
  type: z.enum(["custom_line_item", "invoice_line_item"]),
  invoice_line_item: text().optional(),
  amount: int(1).optional(),
  description: text().optional(),
  quantity: int(1).optional(),
  unit_amount: int(1).optional(),
  metadata: metadata.optional(),
});

const wanted = {
  invoice: text(),
  amount: int(1).optional(),
  credit_amount: int(0).optional(),
  lines: z.array(line).min(1).optional(),
  memo: text().optional(),
  metadata: metadata.optional(),
  out_of_band_amount: int(0).optional(),
  reason: z.enum(["duplicate", "fraudulent", "order_change", "product_unsatisfactory"]).optional(),
  refund_amount: int(0).optional(),
  refunds: z
    .array(
      z.strictObject({
        amount_refunded: int(1).optional(),
        refund: text().optional(),
        type: z.enum(["refund"]).optional(),
      }),
    )
    .optional(),
};

/** What takes a finalised invoice back, in whole or in part. The preview comes before `/credit_notes/:id`. */
export const creditNotes = [
  route({
    method: "POST",
    path,
    call: "creditNotes.create",
    permission: write,
    params: z.strictObject(wanted),
    run: ({ work, params }) => issueNote(work, work.need("invoice", params.invoice, "invoice"), params),
  }),
  route({
    method: "GET",
    path: `${path}/preview`,
    call: "creditNotes.preview",
    permission: read,
    dry: true,
    params: z.strictObject(wanted),
    run: ({ work, params }) => drawNote(work, work.need("invoice", params.invoice, "invoice"), params),
  }),
  route({
    method: "GET",
    path,
    call: "creditNotes.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      customer: text().optional(),
      invoice: text().optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("credit_note")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.customer === undefined || one.customer === params.customer) &&
            (params.invoice === undefined || one.invoice === params.invoice),
        );
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "creditNotes.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("credit_note", id),
  }),
  route({
    method: "GET",
    path: `${path}/:id/lines`,
    call: "creditNotes.listLineItems",
    permission: read,
    params: z.strictObject(paging),
    run: ({ work, id, params }) => {
      const { lines } = work.need("credit_note", id);
      const page = pageOf(lines.url, lines.data.toReversed(), params);
      return listOf(page.url, page.data, page.has_more);
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id`,
    call: "creditNotes.update",
    permission: write,
    params: z.strictObject({ memo: text().optional(), metadata: metadata.optional() }),
    run: ({ work, id, params }) => {
      const before = work.need("credit_note", id);
      const after = {
        ...before,
        memo: params.memo ?? before.memo,
        metadata: changedMetadata(before.metadata, params.metadata),
      };
      return work.tell("credit_note.updated", after, { previous: { memo: before.memo, metadata: before.metadata } });
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/void`,
    call: "creditNotes.voidCreditNote",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => voidNote(work, work.need("credit_note", id)),
  }),
];
