import { summed } from "../billing/checkout-totals.ts";
import { findCoupon } from "../billing/coupons.ts";
import { makePrice, productName } from "../billing/inline-prices.ts";
import { inWords, leastCharge } from "../billing/money.ts";
import { type CheckoutSession, type LineItem, newCheckoutSession, newLineItem } from "../objects/checkout-session.ts";
import { invalid, parameterMissing } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import type { CreateParams } from "./checkout-session-params.ts";

/** Stripe's limits: a session lasts from half an hour to a day, a day when nothing is said. */
const shortest = 30 * 60;
const longest = 24 * 3600;
/** Recurring and one-time lines, each. */
const mostLines = 20;

/** Makes a session with its prices and lines. Throws Stripe's 400 for what cannot be sold so. */
export function createSession(work: Work, given: CreateParams): CheckoutSession {
  checkGiven(work, given);
  const lines = (given.line_items ?? []).map((item, place) => makeLine(work, item, place));
  const currency = checkLines(lines, given);
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  const born = work.born("cs_test");
  const session = newCheckoutSession(born, {
    url: `${work.publicUrl}/c/pay/${born.id}`,
    ...{ currency, total, customer: given.customer ?? null },
    ...asGiven(work, given),
  });
  const { metadata, description } = given.subscription_data ?? {};
  const subscription = { metadata: metadata ?? {}, description: description ?? null };
  const whole = summed(work, session, lines, discountsOf(work, given), countryOf(work, given));
  enough(whole.session);
  const takesAddress = given.customer_update?.address === "auto";
  const checkout = { lines: whole.lines, subscription, takesAddress };
  return work.keep("checkout.session.created", whole.session, { checkout });
}

/** What a session has of its request, whatever it is for. */
export const asGiven = (work: Work, given: CreateParams) => ({
  successUrl: given.success_url,
  cancelUrl: given.cancel_url ?? null,
  expiresAt: expiry(work, given.expires_at),
  customerEmail: given.customer_email ?? null,
  clientReferenceId: given.client_reference_id ?? null,
  metadata: given.metadata ?? {},
  locale: given.locale ?? null,
  submitType: given.submit_type ?? null,
  ...texts(given),
  billingAddress: given.billing_address_collection ?? null,
  paymentMethodCollection: given.payment_method_collection,
  automaticTax: given.automatic_tax?.enabled ?? false,
  allowPromotionCodes: given.allow_promotion_codes ?? null,
  integrationIdentifier: given.integration_identifier ?? null,
  originContext: given.origin_context ?? null,
});

/** Where the customer is, as far as we know; checks that tax can be worked out once they have paid. */
function countryOf(work: Work, given: CreateParams): string | null {
  const country = work.find("customer", given.customer ?? null)?.address?.country ?? null;
  if (given.automatic_tax?.enabled && given.customer !== undefined && given.customer_update?.address !== "auto") {
    if (country === null)
      throw invalid(
        "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
        { code: "customer_tax_location_invalid", param: "customer" },
      );
  }
  return country;
}

function checkGiven(work: Work, given: CreateParams): void {
  if (given.mode !== "subscription") {
    throw invalid(`The sandbox's stand-in knows no \`mode=${given.mode}\`.`, { param: "mode" });
  }
  if (given.customer !== undefined && given.customer_email !== undefined) {
    throw invalid("You may only specify one of these parameters: customer, customer_email.", {
      param: "customer_email",
    });
  }
  if (given.customer !== undefined) work.need("customer", given.customer, "customer");
  checkUrls(given);
}

export function checkUrls(given: CreateParams): void {
  checkUrl(given.success_url, "success_url");
  if (given.cancel_url !== undefined) checkUrl(given.cancel_url, "cancel_url");
}

function enough({ amount_total: total, currency }: CheckoutSession): void {
  const least = leastCharge(currency);
  if (total === 0 || total >= least) return;
  throw invalid(
    `The Checkout Session's total amount due must add up to at least ${inWords(least, currency)} ${currency}`,
    { code: "amount_too_small" },
  );
}

function discountsOf(work: Work, { discounts = [], allow_promotion_codes: mayType, customer }: CreateParams) {
  if (discounts.length > 0 && mayType !== undefined)
    throw invalid("You may only specify one of these parameters: allow_promotion_codes, discounts.", {
      param: "discounts",
    });
  return discounts.map((named, place) => {
    const { coupon, code } = findCoupon(work, named, customer ?? null, `discounts[${place}]`);
    return { coupon: coupon.id, promotion_code: code?.id ?? null };
  });
}

function makeLine(work: Work, item: NonNullable<CreateParams["line_items"]>[number], place: number): LineItem {
  const at = `line_items[${place}]`;
  if ((item.price === undefined) === (item.price_data === undefined)) {
    throw invalid(`You must specify either \`price\` or \`price_data\` in \`${at}\`.`, { param: at });
  }
  if (item.quantity === undefined) throw parameterMissing(`${at}[quantity]`);
  const price = item.price_data
    ? makePrice(work, item.price_data, `${at}[price_data]`)
    : work.need("price", item.price ?? "", `${at}[price]`);
  return newLineItem(work.id("li"), price, item.quantity, productName(work, price), item.metadata ?? {});
}

/** The one currency of the lines, which must be sellable together. */
function checkLines(lines: readonly LineItem[], given: CreateParams): string {
  const [first, ...rest] = lines;
  if (!first) throw parameterMissing("line_items");
  const { currency } = first;
  if (rest.some((line) => line.currency !== currency) || (given.currency ?? currency) !== currency) {
    throw invalid("All line items must have the same currency.", { param: "line_items" });
  }
  if (given.automatic_tax?.enabled && lines.some(({ price }) => price.tax_behavior === "exclusive"))
    throw invalid("The sandbox's payment page works out tax for inclusive prices only.", { param: "line_items" });
  const recurring = lines.flatMap(({ price }) => (price.recurring ? [price.recurring] : []));
  const [rhythm] = recurring;
  if (!rhythm)
    throw invalid("You must provide at least one recurring price in `subscription` mode when using prices.", {
      param: "line_items",
    });
  if (recurring.length > mostLines || lines.length - recurring.length > mostLines) {
    throw invalid(`You can have at most ${mostLines} recurring and ${mostLines} one-time line items.`, {
      param: "line_items",
    });
  }
  if (recurring.some((one) => one.interval !== rhythm.interval || one.interval_count !== rhythm.interval_count)) {
    throw invalid("All recurring prices of a Checkout Session must have the same billing period.", {
      param: "line_items",
    });
  }
  return currency;
}

function expiry(work: Work, asked: number | undefined): number {
  const at = asked ?? work.now + longest;
  if (at < work.now + shortest)
    throw invalid("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", {
      param: "expires_at",
    });
  if (at > work.now + longest)
    throw invalid("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", {
      param: "expires_at",
    });
  return at;
}

function checkUrl(url: string, param: string): void {
  // The placeholder's braces are no part of a URL.
  if (!URL.canParse(url.replaceAll("{CHECKOUT_SESSION_ID}", "id")))
    throw invalid("Not a valid URL", { code: "url_invalid", param });
}

function texts({ consent_collection: consent, custom_text: custom }: CreateParams) {
  return {
    consentCollection: consent
      ? {
          payment_method_reuse_agreement: consent.payment_method_reuse_agreement ?? null,
          promotions: consent.promotions ?? null,
          terms_of_service: consent.terms_of_service ?? null,
        }
      : null,
    customText: {
      after_submit: custom?.after_submit ?? null,
      shipping_address: custom?.shipping_address ?? null,
      submit: custom?.submit ?? null,
      terms_of_service_acceptance: custom?.terms_of_service_acceptance ?? null,
    },
  };
}
