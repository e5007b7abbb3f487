import { z } from "zod";
import { collect } from "../billing/collect.ts";
import { markUncollectible, voidInvoice } from "../billing/end-invoice.ts";
import { priceData } from "../billing/inline-prices.ts";
import { takePending } from "../billing/invoice-items.ts";
import { draftInvoice, finalizeInvoice } from "../billing/invoices.ts";
import type { Invoice } from "../objects/invoice.ts";
import { parameterMissing } from "../protocol/errors.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { bool, currency, metadata, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";
import { billable, draftOf, makeItem, putOn } from "./invoice-items.ts";

const path = "/invoices";
const write = "rak_invoice_write";
/** About how long Stripe waits with a draft, and with a finalised invoice, that it advances by itself. */
const hour = 3600;

const createParams = z.strictObject({
  auto_advance: bool.default(false),
  automatic_tax: z.strictObject({ enabled: bool }).optional(),
  collection_method: z.enum(["charge_automatically"]).optional(),
  currency: currency.optional(),
  customer: text(),
  default_payment_method: text().optional(),
  description: text(1500).optional(),
  metadata: metadata.optional(),
  pending_invoice_items_behavior: z.enum(["exclude", "include"]).default("exclude"),
  subscription: text().optional(),
});

const line = z.strictObject({ ...billable, invoice_item: text().optional(), price_data: priceData.optional() });

/** Invoices that are made by hand, and what can be changed in a draft. */
export const invoiceDrafts = [
  route({
    method: "POST",
    path,
    call: "invoices.create",
    permission: write,
    params: createParams,
    run: ({ work, params }) => create(work, params),
  }),
  route({
    method: "POST",
    path: `${path}/:id`,
    call: "invoices.update",
    permission: write,
    params: z.strictObject({
      auto_advance: bool.optional(),
      default_payment_method: text().optional(),
      description: text(1500).optional(),
      metadata: metadata.optional(),
    }),
    run: ({ work, id, params }) => {
      const before = params.description === undefined ? work.need("invoice", id) : draftOf(work, id);
      const { metadata: words, ...plain } = params;
      const waits = before.status === "draft" ? hour : null;
      const after: Invoice = {
        ...before,
        ...plain,
        metadata: changedMetadata(before.metadata, words),
        ...(params.auto_advance && waits ? { automatically_finalizes_at: work.now + waits } : {}),
        ...(params.auto_advance === false ? { automatically_finalizes_at: null, next_payment_attempt: null } : {}),
      };
      const previous = Object.fromEntries(Object.keys(params).map((key) => [key, before[key as keyof Invoice]]));
      return work.tell("invoice.updated", after, { previous });
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/finalize`,
    call: "invoices.finalizeInvoice",
    permission: write,
    params: z.strictObject({ auto_advance: bool.optional() }),
    run: ({ work, id, params }) => {
      const draft = draftOf(work, id);
      const open = finalizeInvoice(work, draft);
      if (open.amount_due === 0) return collect(work, open);
      const auto_advance = params.auto_advance ?? draft.auto_advance;
      const next = auto_advance ? work.now + hour : null;
      return work.keep("invoice.updated", { ...open, auto_advance, next_payment_attempt: next });
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/add_lines`,
    call: "invoices.addLines",
    permission: write,
    params: z.strictObject({ lines: z.array(line).min(1).max(250) }),
    run: ({ work, id, params }) => {
      for (const [place, given] of params.lines.entries()) addLine(work, draftOf(work, id), given, `lines[${place}]`);
      return work.need("invoice", id);
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/void`,
    call: "invoices.voidInvoice",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => voidInvoice(work, work.need("invoice", id)),
  }),
  route({
    method: "POST",
    path: `${path}/:id/mark_uncollectible`,
    call: "invoices.markUncollectible",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => markUncollectible(work, work.need("invoice", id)),
  }),
  route({
    method: "DELETE",
    path: `${path}/:id`,
    call: "invoices.del",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => {
      const draft = draftOf(work, id);
      for (const item of work.all("invoiceitem").filter(({ invoice }) => invoice === id))
        work.keep("invoiceitem.updated", { ...item, invoice: null });
      work.remove("invoice.deleted", draft);
      return { id, object: "invoice", deleted: true };
    },
  }),
];

function create(work: Work, given: z.output<typeof createParams>): Invoice {
  const customer = work.need("customer", given.customer, "customer");
  const subscription =
    given.subscription === undefined ? null : work.need("subscription", given.subscription, "subscription");
  const id = work.id("in");
  const money = given.currency ?? subscription?.currency ?? customer.currency ?? "gbp";
  const wanted = { customer: customer.id, subscription: given.subscription ?? null, currency: money };
  return draftInvoice(work, {
    id,
    currency: money,
    customer,
    subscription,
    reason: "manual",
    lines: given.pending_invoice_items_behavior === "include" ? takePending(work, id, wanted) : [],
    period: { start: work.now, end: work.now },
    finalizesAt: given.auto_advance ? work.now + hour : null,
    autoAdvance: given.auto_advance,
    automaticTax: given.automatic_tax?.enabled ?? false,
    description: given.description ?? null,
    metadata: given.metadata ?? {},
    paymentMethod: given.default_payment_method ?? null,
  });
}

function addLine(work: Work, draft: Invoice, given: z.output<typeof line>, at: string): void {
  if (given.invoice_item !== undefined) {
    putOn(work, draft, work.need("invoiceitem", given.invoice_item, `${at}[invoice_item]`));
    return;
  }
  const customer = work.need("customer", draft.customer ?? "");
  if (given.amount === undefined && !given.price_data && !given.pricing) throw parameterMissing(`${at}[amount]`);
  const subscription = draft.parent?.subscription_details.subscription ?? null;
  const item = makeItem(work, { ...customer, currency: draft.currency }, subscription, given, at);
  work.tell("invoiceitem.created", item);
  putOn(work, draft, item);
}
