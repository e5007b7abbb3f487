import { parse } from "qs";

export type Form = Readonly<Record<string, unknown>>;

/** Decodes `line_items[0][price_data][currency]=gbp&expand[]=customer`, as bodies and queries of Stripe's API are written. */
export const decodeForm = (text: string): Form =>
  // Stripe's deepest parameter has six levels; its longest list (line items) 40 entries.
  parse(text, { depth: 10, arrayLimit: 100, parameterLimit: 2000, plainObjects: true });
