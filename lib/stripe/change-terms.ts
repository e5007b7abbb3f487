import type Stripe from "stripe";
import { keyOfLine } from "@/lib/billing/ledger.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { BillPreview, HomeTerms } from "@/lib/billing/ports.ts";
import { Refused } from "@/lib/errors.ts";
import { idOf } from "./checkout-desk.ts";
import { ask, askOrNothing } from "./client.ts";
import { readProducts } from "./ledger.ts";
import { dateOf, hasEnded, lineOf, productsOf, sumOf } from "./ledger-nouns.ts";

/** By the vendor's own reckoning, with the moment that the change will name: neither can differ from the other. */
export async function previewTerms(stripe: Stripe, terms: HomeTerms): Promise<BillPreview> {
  const { subscriptionId } = terms;
  const subscription = await ask("subscriptions.retrieve", () => stripe.subscriptions.retrieve(subscriptionId));
  const item = homeItem(subscription, terms);
  // The product of now: one of its own is made when it is wanted for good.
  const change = alreadySo(item, terms) ? undefined : changeOf(terms, idOf(item.price.product) ?? "");
  const invoice = await ask("invoices.createPreview", () =>
    stripe.invoices.createPreview({
      subscription: subscriptionId,
      ...(change ? { subscription_details: change } : {}),
    }),
  );
  return previewOf(stripe, invoice);
}

/** Each line with the name of what it is for. */
export async function previewOf(stripe: Stripe, invoice: Stripe.Invoice): Promise<BillPreview> {
  const products = await readProducts(stripe, productsOf([], [invoice]));
  return {
    lines: invoice.lines.data.map((line) => {
      const read = lineOf(line, products);
      return { ...read, label: products.get(line.pricing?.price_details?.product ?? "")?.name ?? read.label };
    }),
    total: sumOf(invoice.total, invoice.currency),
    due: sumOf(invoice.amount_due, invoice.currency),
  };
}

/** Looks first: what bears our row's id, or is so already, is not asked for again. */
export async function changeTerms(stripe: Stripe, terms: HomeTerms): Promise<"done" | "over" | "too-late"> {
  const { subscriptionId, changeId } = terms;
  const subscription = await askOrNothing("subscriptions.retrieve", () =>
    stripe.subscriptions.retrieve(subscriptionId),
  );
  if (!subscription || hasEnded(subscription)) return "over";
  if (subscription.metadata["terms"] === changeId) return "done";
  const item = homeItem(subscription, terms);
  if (alreadySo(item, terms)) return "done";
  if (dateOf(item.current_period_start) > terms.at) return "too-late";
  const product = await ownProduct(stripe, terms);
  const change = { ...changeOf(terms, product), metadata: { terms: changeId } };
  const once = { idempotencyKey: `terms-${changeId}` };
  await ask("subscriptions.update", () => stripe.subscriptions.update(subscriptionId, change, once));
  return "done";
}

function homeItem({ items }: Stripe.Subscription, { itemId }: HomeTerms): Stripe.SubscriptionItem {
  const item = items.data.find(({ id }) => id === itemId);
  if (!item)
    throw new Refused("The subscription has no such line for a home", {
      vendor: "Stripe",
      call: "subscriptions.update",
    });
  return item;
}

/** As after a database was set back: the same sum for the same home changes no bill. */
const alreadySo = ({ price, quantity }: Stripe.SubscriptionItem, { sum, period }: HomeTerms): boolean =>
  price.unit_amount === minorOf(sum) && quantity === 1 && price.recurring?.interval === period;

/** The name's line and the add-ons' stay as they are. */
const changeOf = ({ itemId, sum, period, tax, at }: HomeTerms, product: string) => ({
  items: [
    {
      id: itemId,
      quantity: 1,
      price_data: {
        product,
        currency: sum.currency.toLowerCase(),
        unit_amount: minorOf(sum),
        tax_behavior: tax === "inclusive" ? ("inclusive" as const) : ("unspecified" as const),
        recurring: { interval: period },
      },
    },
  ],
  // With the next bill: one invoice a period.
  proration_behavior: "create_prorations" as const,
  proration_date: Math.floor(at.getTime() / 1000),
});

/** A product of its own, so that the old line keeps its name on what comes back. Its id is ours: made once. */
async function ownProduct(stripe: Stripe, { changeId, label, plan }: HomeTerms): Promise<string> {
  const id = `home-${changeId}`;
  if (await askOrNothing("products.retrieve", () => stripe.products.retrieve(id))) return id;
  const metadata = { what: keyOfLine("home"), plan };
  await ask("products.create", () =>
    stripe.products.create({ id, name: label, metadata }, { idempotencyKey: `terms-${changeId}-product` }),
  );
  return id;
}
