import { z } from "zod";
import { makePrice, priceDataOfProduct, productName } from "../billing/inline-prices.ts";
import { lineOf } from "../billing/invoice-items.ts";
import { priced } from "../billing/priced.ts";
import type { Customer } from "../objects/customer.ts";
import type { Invoice } from "../objects/invoice.ts";
import { type InvoiceItem, newInvoiceItem } from "../objects/invoice-item.ts";
import { pricingOf } from "../objects/invoice-line.ts";
import { invalid, parameterMissing } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { bool, currency, inRange, int, metadata, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";

const path = "/invoiceitems";
const read = "rak_invoice_read";
const write = "rak_invoice_write";

/** One thing to bill: as a sum, by a price, or by a price made here. */
export const billable = {
  amount: int().optional(),
  currency: currency.optional(),
  description: text().optional(),
  discountable: bool.default(true),
  metadata: metadata.optional(),
  period: z.strictObject({ start: int(0), end: int(0) }).optional(),
  price_data: priceDataOfProduct.optional(),
  pricing: z.strictObject({ price: text().optional() }).optional(),
  quantity: int(1).default(1),
};
const given = z.object(billable);
export type Billable = z.output<typeof given>;

const createParams = z.strictObject({
  ...billable,
  customer: text(),
  invoice: text().optional(),
  subscription: text().optional(),
});

export const invoiceItems = [
  route({
    method: "POST",
    path,
    call: "invoiceItems.create",
    permission: write,
    params: createParams,
    run: ({ work, params }) => {
      const customer = work.need("customer", params.customer, "customer");
      if (params.subscription !== undefined) work.need("subscription", params.subscription, "subscription");
      const item = makeItem(work, customer, params.subscription ?? null, params, "");
      work.tell("invoiceitem.created", item);
      return params.invoice === undefined ? item : putOn(work, draftOf(work, params.invoice), item);
    },
  }),
  route({
    method: "GET",
    path,
    call: "invoiceItems.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      customer: text().optional(),
      invoice: text().optional(),
      pending: bool.optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("invoiceitem")
        .filter(
          (one) =>
            inRange(one.date, params.created) &&
            (params.customer === undefined || one.customer === params.customer) &&
            (params.invoice === undefined || one.invoice === params.invoice) &&
            (params.pending === undefined || (one.invoice === null) === params.pending),
        );
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "invoiceItems.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("invoiceitem", id),
  }),
  route({
    method: "POST",
    path: `${path}/:id`,
    call: "invoiceItems.update",
    permission: write,
    params: z.strictObject({
      amount: int().optional(),
      description: text().optional(),
      metadata: metadata.optional(),
    }),
    run: ({ work, id, params }) => {
      const before = waiting(work.need("invoiceitem", id));
      const amount = params.amount ?? before.amount;
      const after: InvoiceItem = {
        ...before,
        amount,
        net_amount: amount,
        description: params.description ?? before.description,
        metadata: changedMetadata(before.metadata, params.metadata),
      };
      return work.keep("invoiceitem.updated", after);
    },
  }),
  route({
    method: "DELETE",
    path: `${path}/:id`,
    call: "invoiceItems.del",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => {
      work.remove("invoiceitem.deleted", waiting(work.need("invoiceitem", id)));
      return { id, object: "invoiceitem", deleted: true };
    },
  }),
];

function waiting(item: InvoiceItem): InvoiceItem {
  if (item.invoice !== null)
    throw invalid("The invoice item is attached to an invoice and can no longer be changed here.");
  return item;
}

/** `at` is where it was given, for the error. */
export function makeItem(
  work: Work,
  customer: Pick<Customer, "currency" | "id" | "test_clock">,
  subscription: string | null,
  thing: Billable,
  at: string,
): InvoiceItem {
  const named = (param: string) => (at === "" ? param : `${at}[${param}]`);
  const price = thing.price_data
    ? makePrice(work, thing.price_data, named("price_data"))
    : thing.pricing?.price === undefined
      ? null
      : work.need("price", thing.pricing.price, `${named("pricing")}[price]`);
  const amount = price ? price.unit_amount * thing.quantity : thing.amount;
  const money = price?.currency ?? thing.currency ?? customer.currency;
  if (amount === undefined) throw parameterMissing(named("amount"));
  if (!money) throw parameterMissing(named("currency"));
  return newInvoiceItem(work.born("ii"), {
    amount,
    currency: money,
    customer: customer.id,
    description: thing.description ?? (price ? productName(work, price) : null),
    period: thing.period ?? { start: work.now, end: work.now },
    pricing: price && pricingOf(price),
    quantity: thing.quantity,
    subscription,
    discountable: thing.discountable,
    metadata: thing.metadata ?? {},
    testClock: customer.test_clock,
  });
}

export function draftOf(work: Work, id: string): Invoice {
  const invoice = work.need("invoice", id, "invoice");
  if (invoice.status !== "draft")
    throw invalid(`Invoice ${id} is ${invoice.status}: only a draft can be changed.`, { code: "invoice_not_editable" });
  return invoice;
}

/** Adds the item to a draft as its last line. */
export function putOn(work: Work, invoice: Invoice, item: InvoiceItem): InvoiceItem {
  const attached = work.keep("invoiceitem.invoiced", { ...item, invoice: invoice.id });
  const after = priced(work, invoice, [...invoice.lines.data, lineOf(work, invoice.id, item)]);
  work.tell("invoice.updated", after, { previous: { lines: invoice.lines, total: invoice.total } });
  return attached;
}
