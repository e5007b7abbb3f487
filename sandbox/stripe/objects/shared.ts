/** Shapes that several of Stripe's objects share. Amounts are integers in the smallest unit, times unix seconds. */
export interface Address {
  readonly city: string | null;
  readonly country: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly postal_code: string | null;
  readonly state: string | null;
}
export const noAddress: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

export interface BillingDetails {
  readonly address: Address | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly tax_id: string | null;
}

export type Metadata = Readonly<Record<string, string>>;

/** A list inside another object, or the answer to a list request. */
export interface StripeList<T> {
  readonly object: "list";
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly url: string;
}
export const listOf = <T>(url: string, data: readonly T[], more = false): StripeList<T> => ({
  object: "list",
  data,
  has_more: more,
  url,
});

/** Every object is made with these two. */
export interface Born {
  readonly id: string;
  readonly created: number;
}

/** The account behind the stand-in issues its own invoices. */
export const issuedByUs = { type: "self" as const };
