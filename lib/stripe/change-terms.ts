import type Stripe from "stripe";
import { keyOfLine } from "@/lib/billing/ledger.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { BillPreview, CheckoutLine, LineTerms } from "@/lib/billing/ports.ts";
import { Refused } from "@/lib/errors.ts";
import { idOf } from "./checkout-desk.ts";
import { ask, askOrNothing } from "./client.ts";
import { readProducts } from "./ledger.ts";
import { dateOf, hasEnded, keptAddOns, lineOf, productsOf, sumOf } from "./ledger-nouns.ts";

/** By the vendor's own reckoning, with the moment that the change will name: neither can differ from the other. */
export async function previewTerms(stripe: Stripe, terms: LineTerms): Promise<BillPreview> {
  const { subscriptionId } = terms;
  const subscription = await ask("subscriptions.retrieve", () => stripe.subscriptions.retrieve(subscriptionId));
  const item = await itemOf(stripe, subscription, terms);
  // The product of now, or any: one of its own is made when it is wanted for good.
  const lent = idOf((item ?? subscription.items.data[0])?.price.product) ?? "";
  const change = alreadySo(item, terms) ? undefined : changeOf(terms, item, lent);
  const invoice = await ask("invoices.createPreview", () =>
    stripe.invoices.createPreview({
      subscription: subscriptionId,
      ...(change ? { subscription_details: change } : {}),
    }),
  );
  const preview = await previewOf(stripe, invoice);
  return item || !terms.line ? preview : withNewLine(preview, invoice, subscription, terms.line);
}

/** Until a new line has a product of its own, the vendor calls it by the one that was lent. */
function withNewLine(
  preview: BillPreview,
  invoice: Stripe.Invoice,
  { items }: Stripe.Subscription,
  { what, label }: CheckoutLine,
): BillPreview {
  const lent = idOf(items.data[0]?.price.product);
  const isNew = ({ parent, pricing }: Stripe.InvoiceLineItem): boolean => {
    const item = parent?.subscription_item_details?.subscription_item;
    const known = item === undefined || items.data.some(({ id }) => id === item);
    return !known && pricing?.price_details?.product === lent;
  };
  const places = invoice.lines.data.map(isNew);
  return { ...preview, lines: preview.lines.map((line, at) => (places[at] ? { ...line, what, label } : line)) };
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
export async function changeTerms(stripe: Stripe, terms: LineTerms): Promise<"done" | "over" | "too-late"> {
  const { subscriptionId, changeId, line, addOns } = terms;
  const subscription = await askOrNothing("subscriptions.retrieve", () =>
    stripe.subscriptions.retrieve(subscriptionId),
  );
  if (!subscription || hasEnded(subscription)) return "over";
  if (subscription.metadata["terms"] === changeId) return "done";
  const item = await itemOf(stripe, subscription, terms);
  if (alreadySo(item, terms)) return "done";
  const periodStart = Math.min(...subscription.items.data.map((one) => one.current_period_start));
  if (dateOf(periodStart) > terms.at) return "too-late";
  const product = line ? await ownProduct(stripe, changeId, line) : "";
  const metadata = { terms: changeId, ...(addOns ? { addOns: keptAddOns(addOns) } : {}) };
  const change = { ...changeOf(terms, item, product), metadata };
  const once = { idempotencyKey: `terms-${changeId}` };
  await ask("subscriptions.update", () => stripe.subscriptions.update(subscriptionId, change, once));
  return "done";
}

/** The line as the vendor has it. A home always has one; of an add-on our copy may be from before. */
async function itemOf(
  stripe: Stripe,
  subscription: Stripe.Subscription,
  { itemId, what }: LineTerms,
): Promise<Stripe.SubscriptionItem | undefined> {
  const { data } = subscription.items;
  const item = data.find(({ id }) => id === itemId);
  if (item) return item;
  if (what === "home")
    throw new Refused("The subscription has no such line for a home", {
      vendor: "Stripe",
      call: "subscriptions.update",
    });
  const products = await readProducts(stripe, productsOf([subscription], []));
  return data.find(({ price }) => products.get(idOf(price.product) ?? "")?.what === keyOfLine(what));
}

/** As after a database was set back: the same sum for the same line changes no bill. */
function alreadySo(item: Stripe.SubscriptionItem | undefined, { line, period }: LineTerms): boolean {
  if (!item || !line) return !item && !line;
  const { price, quantity } = item;
  return price.unit_amount === minorOf(line.sum) && quantity === 1 && price.recurring?.interval === period;
}

/** All other lines stay as they are. */
const changeOf = (
  { line, period, tax, at }: LineTerms,
  item: Stripe.SubscriptionItem | undefined,
  product: string,
) => ({
  items: [
    {
      ...(item ? { id: item.id } : {}),
      ...(line ? priced(line, { period, tax, product }) : { deleted: true }),
    },
  ],
  // With the next bill: one invoice a period.
  proration_behavior: "create_prorations" as const,
  proration_date: Math.floor(at.getTime() / 1000),
});

const priced = (
  { sum }: CheckoutLine,
  { period, tax, product }: Pick<LineTerms, "period" | "tax"> & { product: string },
) => ({
  quantity: 1,
  price_data: {
    product,
    currency: sum.currency.toLowerCase(),
    unit_amount: minorOf(sum),
    tax_behavior: tax === "inclusive" ? ("inclusive" as const) : ("unspecified" as const),
    recurring: { interval: period },
  },
});

/** A product of its own, so that the old line keeps its name on what comes back. Its id is ours: made once. */
async function ownProduct(stripe: Stripe, changeId: string, { what, label, plan }: CheckoutLine): Promise<string> {
  const id = `${what === "home" ? "home" : "add-on"}-${changeId}`;
  if (await askOrNothing("products.retrieve", () => stripe.products.retrieve(id))) return id;
  const metadata = { what: keyOfLine(what), ...(plan ? { plan } : {}) };
  await ask("products.create", () =>
    stripe.products.create({ id, name: label, metadata }, { idempotencyKey: `terms-${changeId}-product` }),
  );
  return id;
}
