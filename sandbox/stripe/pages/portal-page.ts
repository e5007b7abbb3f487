import { html } from "hono/html";
import { type Html, page, table } from "@/sandbox/shared/page.ts";
import { inWords } from "../billing/money.ts";
import type { Customer } from "../objects/customer.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { PortalSession } from "../objects/portal-session.ts";
import { day } from "./days.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

/** The billing portal: what was paid, and the way back. */
export const portalPage = (session: PortalSession, customer: Customer, invoices: readonly Invoice[]): Html =>
  page({
    title: "Your bills (sandbox)",
    pretend: standsIn,
    extraStyle: paymentStyle,
    body: html`<h1>Your bills</h1>
<p>${customer.name ?? ""} ${customer.email ?? ""}</p>
${
  invoices.length === 0
    ? html`<p class="empty">There is no bill yet.</p>`
    : table(
        "Bills",
        ["Number", "Date", "Sum", "State"],
        invoices.map((one) => [
          html`<a href="/i/${one.id}">${one.number}</a>`,
          day(one.created),
          inWords(one.total, one.currency),
          one.status === "paid" ? "paid" : "not paid yet",
        ]),
      )
}
${session.return_url ? html`<p><a class="button" href="${session.return_url}">Back</a></p>` : ""}`,
  });
