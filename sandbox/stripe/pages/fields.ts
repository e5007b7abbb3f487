import { html } from "hono/html";
import type { Html } from "@/sandbox/shared/page.ts";
import { testCards } from "../billing/cards.ts";
import type { Typed } from "../state/asides.ts";
import { countries } from "./countries.ts";
import type { Field, FieldErrors } from "./payment-form.ts";

/** A form as it was typed, and what is wrong with it. */
export interface Filled {
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

/** Said above a form that was sent and not taken. */
export function whatIsWrong(errors: FieldErrors, what: string, comfort: string): Html | string {
  const count = Object.keys(errors).length;
  if (count === 0) return "";
  return html`<div class="notice" data-tone="bad" role="alert"><p><b>${what}</b> ${count === 1 ? "One thing needs" : `${count} things need`} your attention below. ${comfort} For your safety the card's number and code are to be entered again.</p></div>`;
}

/** Everything that is asked about a card. */
export const cardFields = (view: Filled): Html => html`<fieldset><legend>Card</legend>
${field(view, { name: "card", label: "Card number", value: "", autocomplete: "cc-number", numeric: true })}
<div class="pair">
${field(view, { name: "expiry", label: "Expiry date", value: view.typed.expiry, autocomplete: "cc-exp", hint: "Month / year, such as 04 / 29", numeric: true })}
${field(view, { name: "cvc", label: "Security code", value: "", autocomplete: "cc-csc", hint: "Three digits on the back, or four on the front", numeric: true })}
</div>
${field(view, { name: "name", label: "Name on the card", value: view.typed.name, autocomplete: "cc-name" })}
<div class="pair">
${countryField(view)}
${field(view, { name: "postcode", label: "Postcode", value: view.typed.postcode, autocomplete: "billing postal-code" })}
</div>
</fieldset>`;

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

export function field({ errors }: Filled, given: FieldView): Html {
  const { name, label, value, autocomplete, type = "text", hint, numeric = false, readonly = false } = given;
  const error = errors[name];
  return html`<div class="field"><label for="${name}">${label}</label>
${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : ""}
<input class="input" id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" ${numeric ? html`inputmode="numeric"` : ""} ${readonly ? "readonly" : ""} ${described(name, hint !== undefined, error)} ${isFirst(errors, name) ? "autofocus" : ""}>
${errorOf(name, error)}</div>`;
}

function countryField({ errors, typed }: Filled): Html {
  const error = errors.country;
  return html`<div class="field"><label for="country">Country</label>
<select class="input" id="country" name="country" autocomplete="billing country" ${described("country", false, error)} ${isFirst(errors, "country") ? "autofocus" : ""}>
${countries.map(({ code, name }) => html`<option value="${code}" ${code === typed.country ? "selected" : ""}>${name}</option>`)}
</select>
${errorOf("country", error)}</div>`;
}

export const errorOf = (name: Field, error: string | undefined): Html | string =>
  error ? html`<p class="error" id="${name}-error">${error}</p>` : "";

/** Ties a field to its hint and its error for those who hear the page. */
export function described(name: Field, hint: boolean, error: string | undefined): Html | string {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(error ? [`${name}-error`] : [])].join(" ");
  return ids === "" ? "" : html`aria-describedby="${ids}" ${error ? html`aria-invalid="true"` : ""}`;
}

const order: readonly Field[] = ["email", "card", "expiry", "cvc", "name", "country", "postcode", "terms"];
const isFirst = (errors: FieldErrors, name: Field): boolean => order.find((one) => errors[one] !== undefined) === name;

const grouped = (number: string): string => number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

export const testCardHints = html`<details><summary>Card numbers to try</summary>
<p class="small">Any date to come and any security code. The card decides what happens:</p>
<dl class="small">${testCards.map(({ number, hint }) => html`<dt><code>${grouped(number)}</code></dt><dd>${hint}</dd>`)}</dl>
</details>`;
