import { z } from "zod";
import { cardFor } from "../billing/collect.ts";
import { payInvoice, settle } from "../billing/pay-invoice.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { PaymentError } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { listOf } from "../objects/shared.ts";
import { cardRefused, docUrl, invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { bool, inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";

const path = "/invoices";
const read = "rak_invoice_read";

export const invoices = [
  route({
    method: "GET",
    path,
    call: "invoices.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      customer: text().optional(),
      status: z.enum(["draft", "open", "paid", "uncollectible", "void"]).optional(),
      subscription: text().optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("invoice")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.customer === undefined || one.customer === params.customer) &&
            (params.status === undefined || one.status === params.status) &&
            (params.subscription === undefined ||
              one.parent?.subscription_details.subscription === params.subscription),
        );
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "invoices.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("invoice", id),
  }),
  route({
    method: "GET",
    path: `${path}/:id/lines`,
    call: "invoices.listLineItems",
    permission: read,
    params: z.strictObject(paging),
    run: ({ work, id, params }) => {
      const { lines } = work.need("invoice", id);
      const page = pageOf(lines.url, lines.data.toReversed(), params);
      return listOf(page.url, page.data, page.has_more);
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/pay`,
    call: "invoices.pay",
    permission: "rak_invoice_write",
    params: z.strictObject({
      off_session: bool.default(true),
      paid_out_of_band: bool.default(false),
      payment_method: text().optional(),
    }),
    run: ({ work, id, params }) => {
      const invoice = work.need("invoice", id);
      if (invoice.status === "paid") throw invalid("Invoice is already paid");
      if (invoice.status !== "open" && invoice.status !== "uncollectible")
        throw invalid(`Invoices with status ${invoice.status} cannot be paid.`);
      if (params.paid_out_of_band) return settle(work, invoice, null);
      const method = methodFor(work, invoice, params.payment_method);
      // Nobody sits before an API call: a bank that wants to ask its customer cannot.
      const tried = payInvoice(work, invoice, method, { onSession: false, authenticated: false });
      if (tried.error === null) return tried.invoice;
      const more = { payment_intent: tried.intent, ...(tried.charge ? { charge: tried.charge.id } : {}) };
      return cardRefused(tried.charge ? tried.error : needsPayer(tried.error), more);
    },
  }),
  route({
    method: "GET",
    path: "/invoice_payments",
    call: "invoicePayments.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      invoice: text().optional(),
      payment: z.strictObject({ type: z.enum(["payment_intent"]), payment_intent: text().optional() }).optional(),
      status: z.enum(["canceled", "open", "paid"]).optional(),
    }),
    run: ({ work, params }) => {
      const wanted = params.payment?.payment_intent;
      const found = work
        .all("invoice_payment")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.invoice === undefined || one.invoice === params.invoice) &&
            (wanted === undefined || one.payment.payment_intent === wanted) &&
            (params.status === undefined || one.status === params.status),
        );
      return pageOf("/v1/invoice_payments", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/invoice_payments/:id",
    call: "invoicePayments.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("invoice_payment", id),
  }),
];

const needsPayer = (error: PaymentError): PaymentError => ({
  type: error.type,
  code: "invoice_payment_intent_requires_action",
  doc_url: docUrl("invoice_payment_intent_requires_action"),
  message:
    "This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.",
});

/** The card named in the request, else the one that is charged anyway. */
function methodFor(work: Work, invoice: Invoice, named: string | undefined): PaymentMethod {
  if (named !== undefined) {
    const given = work.need("payment_method", named, "payment_method");
    if (given.customer === invoice.customer) return given;
    throw invalid("The payment method is not attached to the invoice's customer.", { param: "payment_method" });
  }
  const method = cardFor(work, invoice);
  if (!method) throw invalid("Cannot charge a customer that has no active card", { code: "missing" });
  return method;
}
