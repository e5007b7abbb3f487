import { listOf } from "../objects/shared.ts";
import type { Work } from "../state/work.ts";

type Owner = { readonly [key: string]: unknown };

/** A list that an object leaves out unless asked: a charge's refunds, an invoice's payments, … Newest first. */
export function includedList(work: Work, owner: Owner, list: string): object {
  const id = String(owner["id"]);
  switch (`${String(owner["object"])}.${list}`) {
    case "charge.refunds": {
      const refunds = work.all("refund").filter((refund) => refund.charge === id);
      return listOf(`/v1/charges/${id}/refunds`, refunds.toReversed());
    }
    case "checkout.session.line_items":
      return listOf(`/v1/checkout/sessions/${id}/line_items`, work.aside(id).checkout?.lines ?? []);
    case "customer.subscriptions": {
      const running = work.all("subscription").filter((one) => one.customer === id && one.status !== "canceled");
      return listOf(`/v1/customers/${id}/subscriptions`, running.toReversed());
    }
    case "invoice.payments": {
      const payments = work.all("invoice_payment").filter((payment) => payment.invoice === id);
      return listOf(`/v1/invoice_payments?invoice=${id}`, payments.toReversed());
    }
    default:
      return listOf(`/v1/${String(owner["object"])}s/${id}/${list}`, []);
  }
}
