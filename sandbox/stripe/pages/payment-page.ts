import { html } from "hono/html";
import { type Html, page } from "@/sandbox/shared/page.ts";
import { testCards } from "../billing/cards.ts";
import { inWords } from "../billing/money.ts";
import { afterIntervals } from "../billing/period.ts";
import type { CheckoutSession, LineItem } from "../objects/checkout-session.ts";
import type { Typed } from "../state/asides.ts";
import { countries } from "./countries.ts";
import { day } from "./days.ts";
import { paymentStyle, standsIn } from "./page-style.ts";
import type { Field, FieldErrors } from "./payment-form.ts";

export interface PaymentView {
  readonly session: CheckoutSession;
  readonly lines: readonly LineItem[];
  /** What each later period costs, in the smallest unit. */
  readonly later: number;
  /** Set when the payer is known already; then it cannot be changed here. */
  readonly knownEmail: string | null;
  readonly typed: Typed;
  readonly terms: boolean;
  readonly errors: FieldErrors;
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
  const count = Object.keys(errors).length;
  return html`<form class="form card" method="post" action="/c/pay/${session.id}" novalidate>
${count > 0 ? html`<div class="notice" data-tone="bad" role="alert"><p><b>Not paid yet.</b> ${count === 1 ? "One thing needs" : `${count} things need`} your attention below. Nothing was charged. For your safety the card's number and code are to be entered again.</p></div>` : ""}
<fieldset><legend>Contact</legend>
${field(view, { name: "email", label: "E-mail", type: "email", value: knownEmail ?? typed.email, autocomplete: "email", readonly: knownEmail !== null })}
</fieldset>
<fieldset><legend>Card</legend>
${field(view, { name: "card", label: "Card number", value: "", autocomplete: "cc-number", numeric: true })}
<div class="pair">
${field(view, { name: "expiry", label: "Expiry date", value: typed.expiry, autocomplete: "cc-exp", hint: "Month / year, such as 04 / 29", numeric: true })}
${field(view, { name: "cvc", label: "Security code", value: "", autocomplete: "cc-csc", hint: "Three digits on the back, or four on the front", numeric: true })}
</div>
${field(view, { name: "name", label: "Name on the card", value: typed.name, autocomplete: "cc-name" })}
<div class="pair">
${countryField(view)}
${field(view, { name: "postcode", label: "Postcode", value: typed.postcode, autocomplete: "billing postal-code" })}
</div>
</fieldset>
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

interface FieldView {
  readonly name: Field;
  readonly label: string;
  readonly value: string;
  readonly autocomplete: string;
  readonly type?: string;
  readonly hint?: string;
  readonly numeric?: boolean;
  readonly readonly?: boolean;
}

function field({ errors }: PaymentView, given: FieldView): Html {
  const { name, label, value, autocomplete, type = "text", hint, numeric = false, readonly = false } = given;
  const error = errors[name];
  return html`<div class="field"><label for="${name}">${label}</label>
${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : ""}
<input class="input" id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" ${numeric ? html`inputmode="numeric"` : ""} ${readonly ? "readonly" : ""} ${described(name, hint !== undefined, error)} ${isFirst(errors, name) ? "autofocus" : ""}>
${errorOf(name, error)}</div>`;
}

function countryField({ errors, typed }: PaymentView): Html {
  const error = errors.country;
  return html`<div class="field"><label for="country">Country</label>
<select class="input" id="country" name="country" autocomplete="billing country" ${described("country", false, error)} ${isFirst(errors, "country") ? "autofocus" : ""}>
${countries.map(({ code, name }) => html`<option value="${code}" ${code === typed.country ? "selected" : ""}>${name}</option>`)}
</select>
${errorOf("country", error)}</div>`;
}

function terms({ session, terms: ticked, errors }: PaymentView): Html | string {
  if (session.consent_collection?.terms_of_service !== "required") return "";
  const words = session.custom_text.terms_of_service_acceptance?.message ?? "I agree to the terms of service.";
  return html`<div class="field"><div class="tick"><input type="checkbox" id="terms" name="terms" value="yes" ${ticked ? "checked" : ""} ${described("terms", false, errors.terms)}><label for="terms">${words}</label></div>
${errorOf("terms", errors.terms)}</div>`;
}

const errorOf = (name: Field, error: string | undefined): Html | string =>
  error ? html`<p class="error" id="${name}-error">${error}</p>` : "";

/** Ties a field to its hint and its error for those who hear the page. */
function described(name: Field, hint: boolean, error: string | undefined): Html | string {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(error ? [`${name}-error`] : [])].join(" ");
  return ids === "" ? "" : html`aria-describedby="${ids}" ${error ? html`aria-invalid="true"` : ""}`;
}

const order: readonly Field[] = ["email", "card", "expiry", "cvc", "name", "country", "postcode", "terms"];
const isFirst = (errors: FieldErrors, name: Field): boolean => order.find((one) => errors[one] !== undefined) === name;

const grouped = (number: string): string => number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

const testCardHints = html`<details><summary>Card numbers to try</summary>
<p class="small">Any date to come and any security code. The card decides what happens:</p>
<dl class="small">${testCards.map(({ number, hint }) => html`<dt><code>${grouped(number)}</code></dt><dd>${hint}</dd>`)}</dl>
</details>`;
