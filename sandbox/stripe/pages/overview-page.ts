import { html } from "hono/html";
import { type Html, page, table } from "@/sandbox/shared/page.ts";
import { inWords } from "../billing/money.ts";
import { sells } from "../objects/checkout-session.ts";
import type { State } from "../state/state.ts";
import { moment } from "./days.ts";

/** More rows than these help nobody; the ledger has them all. */
const shown = 100;

/** `/`: what the stand-in holds, for whoever tries the product. */
export const overviewPage = (state: State): Html =>
  page({
    title: "Payments (sandbox)",
    pretend: "Money is pretend here.",
    body: html`<h1>Payments</h1>
<p>This process stands in for Stripe. Each table shows the newest first, at most ${shown}. <a href="/_sandbox/ledger">Everything that ever happened</a> is in the ledger.</p>
${sessions(state)}${subscriptions(state)}${invoices(state)}${charges(state)}${refunds(state)}${events(state)}`,
  });

function section(title: string, heads: readonly string[], rows: readonly (readonly unknown[])[]): Html {
  return html`<section><h2>${title}</h2>${rows.length === 0 ? html`<p class="empty">None yet.</p>` : table(title, heads, rows.slice(0, shown))}</section>`;
}
const code = (id: string | null): Html | string => (id === null ? "" : html`<code>${id}</code>`);

const sessions = (state: State): Html =>
  section(
    "Checkout sessions",
    ["When", "Session", "Sum", "Status", "For"],
    state
      .all("checkout.session")
      .toReversed()
      .map((one) => [
        moment(one.created),
        one.url ? html`<a href="${new URL(one.url).pathname}">${code(one.id)}</a>` : code(one.id),
        sells(one) ? inWords(one.amount_total, one.currency) : "a card",
        one.status,
        one.customer_details?.email ?? one.customer_email ?? "",
      ]),
  );

const subscriptions = (state: State): Html =>
  section(
    "Subscriptions",
    ["Begun", "Subscription", "What", "Status"],
    state
      .all("subscription")
      .toReversed()
      .map((one) => [
        moment(one.created),
        code(one.id),
        one.items.data
          .map(({ price, quantity }) => `${quantity} × ${inWords(price.unit_amount, price.currency)}`)
          .join(", "),
        one.cancel_at_period_end ? `${one.status}, ends with its period` : one.status,
      ]),
  );

const invoices = (state: State): Html =>
  section(
    "Invoices",
    ["When", "Number", "Sum", "Status"],
    state
      .all("invoice")
      .toReversed()
      .map((one) => [
        moment(one.created),
        html`<a href="/i/${one.id}">${one.number}</a>`,
        inWords(one.total, one.currency),
        one.status,
      ]),
  );

const charges = (state: State): Html =>
  section(
    "Charges",
    ["When", "Charge", "Sum", "Status", "Risk"],
    state
      .all("charge")
      .toReversed()
      .map((one) => [
        moment(one.created),
        code(one.id),
        inWords(one.amount, one.currency),
        one.failure_message
          ? `${one.status}: ${one.failure_message}`
          : one.amount_refunded > 0
            ? `${inWords(one.amount_refunded, one.currency)} of it refunded`
            : one.status,
        one.outcome.risk_level,
      ]),
  );

const refunds = (state: State): Html =>
  section(
    "Refunds",
    ["When", "Refund", "Sum", "Status"],
    state
      .all("refund")
      .toReversed()
      .map((one) => [moment(one.created), code(one.id), inWords(one.amount, one.currency), one.status]),
  );

const events = (state: State): Html =>
  section(
    "Events",
    ["When", "Type", "Delivery"],
    state
      .events()
      .toReversed()
      .slice(0, shown)
      .map((event) => {
        const { delivered, lost, tries } = state.delivery(event.id);
        const how = !state.wanted(event.type)
          ? "not asked for"
          : delivered
            ? "delivered"
            : lost
              ? "lost on purpose"
              : "not yet";
        return [moment(event.created), code(event.type), tries.length > 1 ? `${how}, ${tries.length} tries` : how];
      }),
  );
