import { html } from "hono/html";
import { type Html, page, table } from "@/sandbox/shared/page.ts";
import { inWords } from "../billing/money.ts";
import type { Invoice } from "../objects/invoice.ts";
import { day } from "./days.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

/** What Stripe shows under `hosted_invoice_url`. */
export const invoicePage = (invoice: Invoice, canBePaid: boolean): Html =>
  page({
    title: `Invoice ${invoice.number} (sandbox)`,
    pretend: standsIn,
    extraStyle: paymentStyle,
    body: html`<h1>Invoice ${invoice.number}</h1>
<p>${day(invoice.created)} · to ${invoice.customer_name ?? invoice.customer_email} · ${invoice.status === "paid" ? "paid" : "not paid yet"}</p>
${table(
  "Lines",
  ["What", "For", "Amount"],
  invoice.lines.data.map((line) => [
    line.description,
    line.period.start === line.period.end
      ? day(line.period.start)
      : `${day(line.period.start)} to ${day(line.period.end)}`,
    inWords(line.amount, line.currency),
  ]),
)}
${invoice.total_discount_amounts.map(({ amount }) => html`<p>Discount ${inWords(-amount, invoice.currency)}</p>`)}
${invoice.total_taxes.map(({ amount }) => html`<p>Of it tax: ${inWords(amount, invoice.currency)}</p>`)}
<p><b>Total ${inWords(invoice.total, invoice.currency)}</b> · <a href="/i/${invoice.id}/pdf">As a PDF</a></p>
${canBePaid ? html`<p><a class="button" href="/i/${invoice.id}/pay">Pay ${inWords(invoice.amount_remaining, invoice.currency)}</a></p>` : ""}`,
  });
