import { cvcLength, passesLuhn } from "../billing/cards.ts";
import type { Typed } from "../state/asides.ts";
import { asksPostcode, isCountry } from "./countries.ts";

export type Field = "card" | "country" | "cvc" | "email" | "expiry" | "name" | "postcode" | "terms";
export type FieldErrors = Partial<Record<Field, string>>;

export interface CardTyped {
  readonly number: string;
  readonly month: number;
  readonly year: number;
}

export type Submitted =
  | { readonly ok: true; readonly typed: Typed; readonly terms: boolean; readonly card: CardTyped }
  | { readonly ok: false; readonly typed: Typed; readonly terms: boolean; readonly errors: FieldErrors };

/** More than anyone's name, address or card needs. */
const longest = 200;

export interface Asked {
  /** Set when the payer is known already: nothing that is typed changes it. */
  readonly knownEmail: string | null;
  /** The terms must be agreed to. */
  readonly terms: boolean;
}

/** Reads the payment form. `now` decides whether a card's date is past. The card's number and code go no further than this. */
export function readPaymentForm(form: URLSearchParams, asked: Asked, now: Date): Submitted {
  const get = (name: string): string => (form.get(name) ?? "").trim();
  const typed: Typed = {
    email: asked.knownEmail ?? get("email"),
    name: get("name"),
    country: get("country"),
    postcode: get("postcode"),
    expiry: get("expiry"),
  };
  const terms = form.get("terms") === "yes";
  const number = get("card").replaceAll(/[\s-]/g, "");
  const date = readExpiry(typed.expiry);
  const errors = compact({
    email: asked.knownEmail === null ? emailError(typed.email) : undefined,
    card: cardError(number),
    expiry: expiryError(typed.expiry, date, now),
    cvc: cvcError(get("cvc"), number),
    name: unfit(typed.name) ?? (typed.name === "" ? "Enter the name on the card." : undefined),
    country: isCountry(typed.country) ? undefined : "Choose a country from the list.",
    postcode:
      unfit(typed.postcode) ??
      (typed.postcode === "" && asksPostcode(typed.country) ? "Enter your postcode." : undefined),
    terms: asked.terms && !terms ? "Tick the box to agree." : undefined,
  });
  if (date === undefined || Object.keys(errors).length > 0) return { ok: false, typed, terms, errors };
  return { ok: true, typed, terms, card: { number, ...date } };
}

const compact = (errors: { [F in Field]: string | undefined }): FieldErrors =>
  Object.fromEntries(Object.entries(errors).filter(([, words]) => words !== undefined));

/** What no field may hold, whatever it is for. */
function unfit(value: string): string | undefined {
  if (/\p{Cc}/u.test(value)) return "This holds signs that cannot be printed. Type it anew.";
  return value.length > longest ? `This is longer than ${longest} characters. Shorten it.` : undefined;
}

function emailError(email: string): string | undefined {
  if (email === "") return "Enter your e-mail address.";
  return (
    unfit(email) ??
    (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)
      ? undefined
      : "This is not an e-mail address. One looks like anna@example.org.")
  );
}

function cardError(number: string): string | undefined {
  if (number === "") return "Enter the number of your card.";
  return passesLuhn(number) ? undefined : "This is not a card number. Check its digits.";
}

/** `04 / 29`, `4/2029` or `0429`. */
function readExpiry(text: string): { month: number; year: number } | undefined {
  const match = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  const month = Number(match?.[1]);
  const year = Number(match?.[2]);
  if (!match || month < 1 || month > 12) return undefined;
  return { month, year: year < 100 ? 2000 + year : year };
}

function expiryError(text: string, date: { month: number; year: number } | undefined, now: Date): string | undefined {
  if (text === "") return "Enter the card's date.";
  if (!date) return "Write the date as month and year, such as 04 / 29.";
  // A card is good until the end of its month.
  return new Date(Date.UTC(date.year, date.month)) <= now ? "This card's date is past. Use another card." : undefined;
}

function cvcError(cvc: string, number: string): string | undefined {
  if (cvc === "") return "Enter the security code.";
  const digits = cvcLength(number);
  return new RegExp(`^\\d{${digits}}$`).test(cvc) ? undefined : `The security code has ${digits} digits.`;
}
