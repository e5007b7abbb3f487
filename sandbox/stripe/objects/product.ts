import type { Born, Metadata } from "./shared.ts";

export type Interval = "day" | "week" | "month" | "year";
export interface Recurring {
  readonly interval: Interval;
  readonly interval_count: number;
}
export type TaxBehavior = "exclusive" | "inclusive" | "unspecified";

interface ProductGiven {
  readonly name: string;
  readonly description: string | null;
  readonly images: readonly string[];
  readonly metadata: Metadata;
  readonly taxCode: string | null;
  readonly unitLabel: string | null;
  /** One made inside `price_data` is not for reuse, so it is not active. */
  readonly active: boolean;
}

export type Product = ReturnType<typeof newProduct>;
export const newProduct = ({ id, created }: Born, given: ProductGiven) => ({
  id,
  object: "product" as const,
  active: given.active,
  created,
  default_price: null,
  description: given.description,
  images: [...given.images],
  livemode: false,
  marketing_features: [],
  metadata: given.metadata,
  name: given.name,
  package_dimensions: null,
  shippable: null,
  statement_descriptor: null,
  tax_code: given.taxCode,
  tax_details: null,
  type: "service" as const,
  unit_label: given.unitLabel,
  updated: created,
  url: null,
});

interface PriceGiven {
  readonly currency: string;
  readonly product: string;
  readonly unitAmount: number;
  readonly recurring: Recurring | null;
  readonly taxBehavior: TaxBehavior;
}

export type Price = ReturnType<typeof newPrice>;
export const newPrice = ({ id, created }: Born, given: PriceGiven) => ({
  id,
  object: "price" as const,
  active: false,
  billing_scheme: "per_unit" as const,
  created,
  currency: given.currency,
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  metadata: {} as Metadata,
  nickname: null,
  product: given.product,
  recurring: given.recurring && {
    ...given.recurring,
    meter: null,
    trial_period_days: null,
    usage_type: "licensed" as const,
  },
  tax_behavior: given.taxBehavior,
  tiers_mode: null,
  transform_quantity: null,
  type: given.recurring ? ("recurring" as const) : ("one_time" as const),
  unit_amount: given.unitAmount,
  unit_amount_decimal: String(given.unitAmount),
});

/** The older name of a recurring price, which subscription items still carry. */
export const planOf = (price: Price, recurring: Recurring) => ({
  id: price.id,
  object: "plan" as const,
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: price.billing_scheme,
  created: price.created,
  currency: price.currency,
  interval: recurring.interval,
  interval_count: recurring.interval_count,
  livemode: false,
  metadata: price.metadata,
  meter: null,
  nickname: null,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: null,
  usage_type: "licensed" as const,
});
