import { html } from "hono/html";
import { type Html, page } from "@/sandbox/shared/page.ts";
import { inWords } from "../billing/money.ts";
import { afterIntervals } from "../billing/period.ts";
import type { CheckoutSession, LineItem } from "../objects/checkout-session.ts";
import type { Typed } from "../state/asides.ts";
import { day } from "./days.ts";
import { cardFields, described, errorOf, type Filled, field, testCardHints, whatIsWrong } from "./fields.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

export interface PaymentView extends Filled {
  readonly session: CheckoutSession;
  readonly lines: readonly LineItem[];
  /** What each later period costs, in the smallest unit. */
  readonly later: number;
  /** Set when the payer is known already; then it cannot be changed here. */
  readonly knownEmail: string | null;
  readonly terms: boolean;
}

export const nothingTyped: Typed = { email: "", name: "", country: "GB", postcode: "", expiry: "" };

export const paymentPage = (view: PaymentView): Html =>
  page({
    title: `${Object.keys(view.errors).length > 0 ? "Not paid yet: " : ""}Pay ${inWords(view.session.amount_total, view.session.currency)} (sandbox)`,
    pretend: standsIn,
    extraStyle: paymentStyle,
    body: html`<div class="pay">${summary(view)}${form(view)}</div>`,
  });

function summary({ session, lines, later }: PaymentView): Html {
  const money = (minor: number) => inWords(minor, session.currency);
  const recurring = lines.filter(({ price }) => price.recurring !== null);
  const off = session.total_details.amount_discount;
  const rhythm = recurring[0]?.price.recurring;
  const every = rhythm
    ? `every ${rhythm.interval_count > 1 ? `${rhythm.interval_count} ${rhythm.interval}s` : rhythm.interval}`
    : "";
  return html`<section aria-labelledby="buy" class="card">
<h1 id="buy">What you pay</h1>
<p><span class="sum">${money(session.amount_total)}</span> <span class="muted">today</span></p>
<ul class="lines">
${lines.map((line) => html`<li><span>${line.description}${line.quantity > 1 ? html` × ${line.quantity}` : ""}<br><span class="hint">${line.price.recurring ? every : "once"}</span></span><span class="amount">${money(line.amount_subtotal)}</span></li>`)}
${off > 0 ? html`<li><span>Discount</span><span class="amount">${money(-off)}</span></li>` : ""}
<li class="total"><span>Total today</span><span class="amount">${money(session.amount_total)}</span></li>
</ul>
${rhythm ? html`<p>Then ${money(later)} ${every}, next on ${day(afterIntervals(session.created, rhythm, 1))}, until you cancel.</p>` : ""}
${session.allow_promotion_codes ? codeForm(session) : ""}
</section>`;
}

const codeForm = ({ id }: CheckoutSession): Html =>
  html`<form class="row" method="post" action="/c/pay/${id}/code"><label for="code">Promotion code</label>
<input class="input" id="code" name="code" autocomplete="off"><button class="button button--quiet" type="submit">Apply</button></form>`;

function form(view: PaymentView): Html {
  const { session, knownEmail, typed, errors } = view;
  return html`<form class="form card" method="post" action="/c/pay/${session.id}" novalidate>
${whatIsWrong(errors, "Not paid yet.", "Nothing was charged.")}
<fieldset><legend>Contact</legend>
${field(view, { name: "email", label: "E-mail", type: "email", value: knownEmail ?? typed.email, autocomplete: "email", readonly: knownEmail !== null })}
</fieldset>
${cardFields(view)}
${terms(view)}
${session.custom_text.submit ? html`<p class="small">${session.custom_text.submit.message}</p>` : ""}
<button class="button" type="submit">${buttonWords(session)}</button>
${session.cancel_url ? html`<p><a href="${session.cancel_url}">Back, without paying</a></p>` : ""}
${testCardHints}
</form>`;
}

/** The button says that it costs money, and how much. */
export const buttonWords = ({ amount_total: total, currency, submit_type: kind }: CheckoutSession): string =>
  total === 0 ? "Subscribe" : `${kind === "pay" ? "Pay" : "Subscribe and pay"} ${inWords(total, currency)}`;

function terms({ session, terms: ticked, errors }: PaymentView): Html | string {
  if (session.consent_collection?.terms_of_service !== "required") return "";
  const words = session.custom_text.terms_of_service_acceptance?.message ?? "I agree to the terms of service.";
  return html`<div class="field"><div class="tick"><input type="checkbox" id="terms" name="terms" value="yes" ${ticked ? "checked" : ""} ${described("terms", false, errors.terms)}><label for="terms">${words}</label></div>
${errorOf("terms", errors.terms)}</div>`;
}
