import { keyOfLine } from "@/lib/billing/ledger.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { CheckoutLine } from "@/lib/billing/ports.ts";
import type { Tax } from "@/lib/billing/read-price-book.ts";

/** A line as the vendor takes it, with what it is for kept at its product, wherever it is billed. */
export const pricedLine = ({ what, label, sum, plan }: CheckoutLine, tax: Tax) => ({
  currency: sum.currency.toLowerCase(),
  // The book takes no currency that the vendor counts otherwise than we do.
  unit_amount: minorOf(sum),
  tax_behavior: tax === "inclusive" ? ("inclusive" as const) : ("unspecified" as const),
  product_data: { name: label, metadata: { what: keyOfLine(what), ...(plan ? { plan } : {}) } },
});
