import type { TaxBehavior } from "../objects/product.ts";
import { newTaxRate, type Tax } from "../objects/tax-rate.ts";
import type { Work } from "../state/work.ts";
import { share } from "./money.ts";

/** One flat rate a country, in percent, as the standard rates were in 2026. Elsewhere the account is not registered and takes none. */
const rates: Readonly<Record<string, number>> = {
  AT: 20,
  AU: 10,
  BE: 21,
  CH: 8.1,
  DE: 19,
  DK: 25,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GB: 20,
  IE: 23,
  IT: 22,
  JP: 10,
  NL: 21,
  NO: 25,
  NZ: 15,
  PL: 23,
  PT: 23,
  SE: 25,
};

/** A percentage has at most two decimals. */
const hundredths = 100;

type Behavior = Tax["tax_behavior"];

/** Prices that say nothing are inclusive here: the account's default. */
export const behaviorOf = (given: TaxBehavior | undefined): Behavior =>
  given === "exclusive" ? "exclusive" : "inclusive";

/** The tax in a sum, or on top of it. Stripe rounds each line on its own (known from memory). */
export function taxOf(work: Work, minor: number, country: string, behavior: Behavior): Tax {
  const percentage = rates[country];
  const base = { tax_behavior: behavior, type: "tax_rate_details" as const };
  if (percentage === undefined)
    return { ...base, amount: 0, tax_rate_details: null, taxability_reason: "not_collecting", taxable_amount: 0 };
  const amount = taxIn(minor, percentage, behavior);
  return {
    ...base,
    amount,
    tax_rate_details: { tax_rate: rateFor(work, country, percentage, behavior) },
    taxability_reason: "standard_rated",
    taxable_amount: behavior === "inclusive" ? minor - amount : minor,
  };
}

function taxIn(minor: number, percentage: number, behavior: Behavior): number {
  const part = Math.round(percentage * hundredths);
  const whole = 100 * hundredths;
  return share(minor, part, behavior === "inclusive" ? whole + part : whole);
}

/** The rate's object, made when it is first needed. */
function rateFor(work: Work, country: string, percentage: number, behavior: Behavior): string {
  const id = `txr_${country.toLowerCase()}_${behavior}`;
  if (!work.find("tax_rate", id)) {
    const rate = newTaxRate({ id, created: work.now }, country, percentage, behavior === "inclusive");
    work.tell("tax_rate.created", rate);
  }
  return id;
}

/** Lines' taxes by rate, as an invoice lists them. */
export function totalTaxes(taxes: readonly Tax[]): Tax[] {
  const byRate = new Map<string, Tax>();
  for (const tax of taxes) {
    const key = `${tax.tax_rate_details?.tax_rate} ${tax.tax_behavior}`;
    const before = byRate.get(key);
    const sum = (field: "amount" | "taxable_amount") => (before?.[field] ?? 0) + tax[field];
    byRate.set(key, { ...tax, amount: sum("amount"), taxable_amount: sum("taxable_amount") });
  }
  return [...byRate.values()];
}
