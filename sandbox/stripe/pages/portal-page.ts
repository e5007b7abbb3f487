import { html } from "hono/html";
import { type Html, page, table } from "@/sandbox/shared/page.ts";
import { inWords } from "../billing/money.ts";
import type { Customer } from "../objects/customer.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { PortalSession } from "../objects/portal-session.ts";
import type { Subscription } from "../objects/subscription.ts";
import { day } from "./days.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

export interface Portal {
  readonly session: PortalSession;
  readonly customer: Customer;
  /** Newest first. */
  readonly invoices: readonly Invoice[];
  readonly subscriptions: readonly Subscription[];
  /** The card that pays. */
  readonly card: PaymentMethod | undefined;
}

const shell = (title: string, body: Html): Html =>
  page({ title: `${title} (sandbox)`, pretend: standsIn, extraStyle: paymentStyle, body });

/** The billing portal: the card, what runs, what was paid, and the way back. */
export const portalPage = (portal: Portal): Html =>
  shell(
    "Your bills",
    html`<h1>Your bills</h1>
<p>${portal.customer.name ?? ""} ${portal.customer.email ?? ""}</p>
<section><h2>Card</h2>
<p>${portal.card ? `${portal.card.card.brand} ending in ${portal.card.card.last4}, good until ${portal.card.card.exp_month}/${portal.card.card.exp_year}` : "There is no card."}</p>
<p><a class="button button--quiet" href="/p/session/${portal.session.id}/card">Change the card</a></p>
</section>
${portal.subscriptions.map((one) => running(portal.session, one))}
<section><h2>Bills</h2>${bills(portal.invoices)}</section>
${portal.session.return_url ? html`<p><a class="button" href="${portal.session.return_url}">Back</a></p>` : ""}`,
  );

const endOf = ({ items }: Subscription): string => day(Math.min(...items.data.map((item) => item.current_period_end)));

const running = ({ id }: PortalSession, one: Subscription): Html =>
  html`<section><h2>Subscription</h2>
<p>${one.items.data.map(({ price, quantity }) => `${quantity} × ${inWords(price.unit_amount, price.currency)}`).join(", ")} · ${one.cancel_at_period_end ? `ends on ${endOf(one)}` : `renews on ${endOf(one)}`}</p>
<p><a href="/p/session/${id}/cancel/${one.id}">${one.cancel_at_period_end ? "Keep the subscription" : "Cancel the subscription"}</a></p>
</section>`;

const stateWords: Readonly<Record<Invoice["status"], string>> = {
  draft: "being made",
  open: "not paid yet",
  paid: "paid",
  uncollectible: "not paid",
  void: "void",
};

const bills = (invoices: readonly Invoice[]): Html =>
  invoices.length === 0
    ? html`<p class="empty">There is no bill yet.</p>`
    : table(
        "Bills",
        ["Number", "Date", "Sum", "State"],
        invoices.map((one) => [
          html`<a href="/i/${one.id}">${one.number ?? "Draft"}</a>`,
          day(one.created),
          inWords(one.total, one.currency),
          stateWords[one.status],
        ]),
      );

/** Asks once more before a subscription is told to end, or to stay. */
export const cancelPage = (session: PortalSession, one: Subscription): Html => {
  const what = one.cancel_at_period_end ? "Keep your subscription?" : "Cancel your subscription?";
  return shell(
    what,
    html`<section class="card"><h1>${what}</h1>
<p>${one.cancel_at_period_end ? "It then renews as before." : `It then ends on ${endOf(one)}. Until then everything stays as it is.`}</p>
<form method="post" action="/p/session/${session.id}/cancel/${one.id}">
<button class="button" type="submit">${one.cancel_at_period_end ? "Keep it" : "Cancel it"}</button></form>
<p><a href="/p/session/${session.id}">Back</a></p></section>`,
  );
};

export const donePage = (words: string, back: string | null): Html =>
  shell(
    "Done",
    html`<section class="card"><h1>Done</h1><p>${words}</p>${back ? html`<p><a class="button" href="${back}">Back</a></p>` : ""}</section>`,
  );

export const portalOverPage = (): Html =>
  shell(
    "This page has run out",
    html`<section class="card"><h1>This page has run out</h1><p>Go back and open it again. Nothing was changed.</p></section>`,
  );
