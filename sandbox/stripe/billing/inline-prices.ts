import { z } from "zod";
import { newPrice, newProduct, type Price } from "../objects/product.ts";
import type { Born } from "../objects/shared.ts";
import { invalid } from "../protocol/errors.ts";
import { currency, int, metadata, text } from "../protocol/params.ts";
import type { Work } from "../state/work.ts";

const recurring = z.strictObject({
  interval: z.enum(["day", "week", "month", "year"]),
  interval_count: int(1, 1095).default(1),
});

const priced = {
  currency,
  recurring: recurring.optional(),
  tax_behavior: z.enum(["exclusive", "inclusive", "unspecified"]).default("unspecified"),
  // Stripe allows eight digits in most currencies.
  unit_amount: int(0, 99_999_999).optional(),
  unit_amount_decimal: int(0, 99_999_999).optional(),
  product: text().optional(),
};

/** What is said of a product, inside a price or by itself. */
export const productData = z.strictObject({
  name: text(250),
  description: text(1000).optional(),
  images: z.array(text(2048)).max(8).default([]),
  metadata: metadata.optional(),
  tax_code: text().optional(),
  unit_label: text(22).optional(),
});

/** `price_data` where a product may be described as well (Checkout). */
export const priceData = z.strictObject({ ...priced, product_data: productData.optional() });
/** `price_data` for a product that exists already (subscription items, invoice items). */
export const priceDataOfProduct = z.strictObject(priced);

/** Makes the price, and the product described with it. `param` is where it was given, for the error. */
export function makePrice(work: Work, given: z.output<typeof priceData>, param: string): Price {
  const unitAmount = given.unit_amount ?? given.unit_amount_decimal;
  if (unitAmount === undefined)
    throw invalid(`Missing required param: ${param}[unit_amount].`, {
      code: "parameter_missing",
      param: `${param}[unit_amount]`,
    });
  const described = given.product_data;
  if ((described === undefined) === (given.product === undefined)) {
    throw invalid(`You must specify either \`product\` or \`product_data\` in \`${param}\`.`, {
      param: `${param}[product]`,
    });
  }
  const product = described
    ? makeProduct(work, described, { ...work.born("prod"), active: false })
    : work.need("product", given.product ?? "", `${param}[product]`);
  const price = newPrice(work.born("price"), {
    currency: given.currency,
    product: product.id,
    unitAmount,
    recurring: given.recurring ?? null,
    taxBehavior: given.tax_behavior,
  });
  return work.keep("price.created", price);
}

export const makeProduct = (
  work: Work,
  given: z.output<typeof productData>,
  { active, ...born }: Born & { readonly active: boolean },
) =>
  work.keep(
    "product.created",
    newProduct(born, {
      active,
      name: given.name,
      description: given.description ?? null,
      images: given.images,
      metadata: given.metadata ?? {},
      taxCode: given.tax_code ?? null,
      unitLabel: given.unit_label ?? null,
    }),
  );

export const productName = (work: Work, price: Price): string =>
  work.find("product", price.product)?.name ?? price.product;
