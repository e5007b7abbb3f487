import type { Born, Metadata } from "./shared.ts";

export type TaxRate = ReturnType<typeof newTaxRate>;
/** A country's one rate, in percent. */
export const newTaxRate = ({ id, created }: Born, country: string, percentage: number, inclusive: boolean) => ({
  id,
  object: "tax_rate" as const,
  active: true,
  country,
  created,
  description: null,
  display_name: "VAT",
  effective_percentage: percentage,
  flat_amount: null,
  inclusive,
  jurisdiction: country,
  jurisdiction_level: "country" as const,
  livemode: false,
  metadata: {} as Metadata,
  percentage,
  rate_type: "percentage" as const,
  state: null,
  tax_type: "vat" as const,
});

/** What of a sum is tax, as lines and totals list it. */
export interface Tax {
  readonly amount: number;
  readonly tax_behavior: "exclusive" | "inclusive";
  readonly tax_rate_details: { readonly tax_rate: string } | null;
  readonly taxability_reason: "not_collecting" | "standard_rated";
  readonly taxable_amount: number;
  readonly type: "tax_rate_details";
}
