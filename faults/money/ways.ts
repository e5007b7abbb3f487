import { beginningOf, yearAt } from "@/lib/billing/name-year.ts";
import { comeBack, goAndComeBack } from "./come-back.ts";
import type { Family } from "./family.ts";
import { goOn } from "./go-on.ts";
import { takeOver } from "./payer.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";
import { changeTermsOf, turnPeriodOf } from "./terms.ts";
import { answerYear, takeNameElsewhere, wish, withdrawBy } from "./wishes.ts";

/** What befalls a family's bill, or is done to it. A verb that the product gains has its place in this list. */
export type Way = (stage: MoneyStage, family: Family) => Promise<unknown>;

const [hour, day] = [3600, 86_400];
/** A renewal's draft is finalised and charged an hour after its period ended. */
const pastRenewal = 34 * day;
const goodCard = "4242424242424242";

/** Of the family's paid invoices, one with something on it. */
async function aPaidInvoice(stage: MoneyStage, family: Family) {
  const { stripeCustomerId: customer } = await family.order();
  if (!customer) return undefined;
  const { data } = await vendorOf(stage).invoices.list({
    customer,
    status: "paid",
    limit: 5,
    expand: ["data.payments"],
  });
  const worth = data.filter(({ amount_paid: paid, post_payment_credit_notes_amount: back }) => paid - back > 0);
  return worth.length > 0 ? stage.dice.pick(worth) : undefined;
}

/** What the vendor refuses (more back than there is, a charge that is disputed) is refused here too, and changes nothing. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: { statusCode?: number }) => {
    if (!error.statusCode || error.statusCode >= 500) throw error;
  });
}

type Paid = NonNullable<Awaited<ReturnType<typeof aPaidInvoice>>>;

/**
 * Whether it was paid with the card whose bank gives refunds back. What comes back of a refund by hand is a difference of the
 * report, and rightly: no row of ours says that somebody is at it.
 */
async function givesBack(stage: MoneyStage, { payments }: Paid): Promise<boolean> {
  const intent = payments?.data[0]?.payment.payment_intent;
  if (typeof intent !== "string") return false;
  const { data } = await vendorOf(stage).charges.list({ payment_intent: intent });
  return data.some(({ payment_method_details: how }) => how?.card?.last4 === "5126");
}

/** All of it, or a part. */
const someOf = ({ dice }: MoneyStage, minor: number): number => (dice.happens(40) ? minor : dice.between(1, minor));

async function changeItem(stage: MoneyStage, family: Family, how: "price" | "quantity" | "add" | "remove") {
  const found = await family.subscription();
  if (!found) return;
  const { dice } = stage;
  const { one } = found;
  const item = dice.pick(one.items.data);
  const { product, recurring, currency, unit_amount: before } = item.price;
  const price_data = {
    ...{ currency, product: String(product), recurring: { interval: recurring?.interval ?? "month" } },
    unit_amount: dice.between(1, 2 * (before ?? 0) + 100),
  } as const;
  const items = {
    price: [{ id: item.id, price_data }],
    quantity: [{ id: item.id, quantity: dice.between(1, 4) }],
    add: [{ price_data }],
    remove: one.items.data.length > 1 ? [{ id: item.id, deleted: true }] : [],
  }[how];
  const proration_behavior = dice.pick(["always_invoice", "create_prorations", "none"] as const);
  await unlessRefused(vendorOf(stage).subscriptions.update(one.id, { items, proration_behavior }));
}

async function refusedAtRenewal(stage: MoneyStage, family: Family): Promise<string | undefined> {
  const found = await family.subscription();
  if (!found) return undefined;
  const sdk = vendorOf(stage);
  const { customer, one } = found;
  const card = await sdk.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  await sdk.subscriptions.update(one.id, { default_payment_method: card.id });
  await goOn(stage, (one.items.data[0]?.current_period_end ?? 0) - stage.world.clock.now().getTime() / 1000 + 2 * hour);
  const [open] = (await sdk.invoices.list({ customer, status: "open", limit: 1 })).data;
  return open?.id;
}

async function dispute(stage: MoneyStage, family: Family, as: "fraudulent" | "inquiry", end?: "won" | "lost") {
  const { stripeCustomerId: customer } = await family.order();
  if (!customer) return;
  const { vendors } = stage.world;
  const { data } = await vendorOf(stage).charges.list({ customer, limit: 10 });
  const charge = data.find((one) => one.paid && !one.disputed && one.amount_refunded < one.amount);
  if (!charge) return;
  const opened = (await vendors.tell("stripe", "POST", "/disputes", { charge: charge.id, as })) as { id: string };
  // Without an answer the bank decides by itself after a week.
  if (!end) return;
  await goOn(stage, stage.dice.between(1, 6) * day);
  await vendors.tell("stripe", "POST", "/disputes/close", { dispute: opened.id, status: end });
}

async function creditNote(stage: MoneyStage, family: Family, kind: "refund_amount" | "credit_amount") {
  const invoice = await aPaidInvoice(stage, family);
  if (!invoice?.id || (kind === "refund_amount" && (await givesBack(stage, invoice)))) return;
  const amount = someOf(stage, invoice.amount_paid - invoice.post_payment_credit_notes_amount);
  await unlessRefused(vendorOf(stage).creditNotes.create({ invoice: invoice.id, amount, [kind]: amount }));
}

/** A price that a registry may ask of any ending: what it asks today, a little more, and more than any book allows. */
const registryPrices = ["5.22", "13.01", "17.80", "20.01", "26.10", "48.00"] as const;

/** The days before a name's year begins on which something is due, one of which nobody may be at work. */
const yearDays = [59, 45, 30, 14, 2, -1] as const;

async function nextYear(stage: MoneyStage, family: Family): Promise<void> {
  const { dice, world } = stage;
  const found = await family.subscription();
  if (!found) return;
  const ending = family.name.slice(family.name.indexOf(".") + 1);
  const price = dice.pick(registryPrices);
  await world.vendors.tell("cloudflare", "PUT", `/extensions/${ending}`, { price });
  const begun = new Date(found.one.start_date * 1000);
  const begins = beginningOf(begun, yearAt(begun, world.clock.now()) + 1);
  const left = () => (begins.getTime() - world.clock.now().getTime()) / 1000;
  for (const days of yearDays) {
    if (left() < days * day || dice.happens(20)) continue;
    await goOn(stage, left() - days * day);
    if (days > 2 && dice.happens(40)) await answerYear(stage, family);
  }
}

export const ways: Readonly<Record<string, Way>> = {
  "time passes": (stage) => goOn(stage, stage.dice.between(1, 3) * pastRenewal),
  "a year passes": (stage) => goOn(stage, 366 * day),

  "the name's year ends, and the registry may ask more": nextYear,

  async "a card is refused, and another pays on the invoice's page"(stage, family) {
    const invoice = await refusedAtRenewal(stage, family);
    if (invoice) await family.payAt(`http://stripe.test/i/${invoice}/pay`, goodCard);
  },
  "a card is refused, and nothing is done about it": async (stage, family) => {
    if (await refusedAtRenewal(stage, family)) await goOn(stage, 16 * day);
  },
  async "a refused invoice is credited in part, and the rest is paid"(stage, family) {
    const id = await refusedAtRenewal(stage, family);
    if (!id) return;
    const sdk = vendorOf(stage);
    const { amount_remaining: left, total } = await sdk.invoices.retrieve(id);
    // What an earlier bill was too small to charge is asked for on this one, and is none of its lines.
    const note = await sdk.creditNotes.create({ invoice: id, amount: someOf(stage, Math.min(left, total)) });
    if (stage.dice.happens(30)) await unlessRefused(sdk.creditNotes.voidCreditNote(note.id));
    await family.payAt(`http://stripe.test/i/${id}/pay`, goodCard);
  },

  "a credit note gives money back by hand": (stage, family) => creditNote(stage, family, "refund_amount"),
  "a credit note is kept for the next bills": (stage, family) => creditNote(stage, family, "credit_amount"),
  async "a line is added by hand"(stage, family) {
    const found = await family.subscription();
    if (!found) return;
    const { customer, one } = found;
    const amount = stage.dice.between(-900, 900);
    const line = { customer, currency: one.currency, amount, description: "By hand" };
    await unlessRefused(vendorOf(stage).invoiceItems.create(line));
  },
  async "credit is given by hand"(stage, family) {
    const found = await family.subscription();
    if (!found) return;
    const amount = -stage.dice.between(1, 2000);
    await vendorOf(stage).customers.createBalanceTransaction(found.customer, { amount, currency: found.one.currency });
  },
  async "a coupon takes something off"(stage, family) {
    const found = await family.subscription();
    if (!found) return;
    const { dice } = stage;
    const sdk = vendorOf(stage);
    const much = dice.happens(50)
      ? { percent_off: dice.between(1, 100) }
      : { amount_off: dice.between(1, 900), currency: found.one.currency };
    const { id } = await sdk.coupons.create({ ...much, duration: dice.pick(["once", "forever"]) });
    await sdk.subscriptions.update(found.one.id, { discounts: [{ coupon: id }] });
  },

  "a price is changed": (stage, family) => changeItem(stage, family, "price"),
  "there are more, or fewer, of an item": (stage, family) => changeItem(stage, family, "quantity"),
  "an item is added": (stage, family) => changeItem(stage, family, "add"),
  "an item is taken away": (stage, family) => changeItem(stage, family, "remove"),

  "a payment is disputed, and won": (stage, family) => dispute(stage, family, "fraudulent", "won"),
  "a payment is disputed, and lost": (stage, family) => dispute(stage, family, "fraudulent", "lost"),
  "a payment is disputed, and nobody answers": (stage, family) => dispute(stage, family, "fraudulent"),
  "the bank asks about a payment": (stage, family) => dispute(stage, family, "inquiry"),

  "the family grows": (stage, family) => changeTermsOf(stage, family, "add"),
  "the family takes somebody out": (stage, family) => changeTermsOf(stage, family, "out"),
  "the family takes another plan": (stage, family) => changeTermsOf(stage, family, "plan"),
  "the family takes the other period": turnPeriodOf,

  "another member takes over the bill": takeOver,

  "the family stops at the end of what is paid": (stage, family) => wish(stage, family, "stop"),
  "the family closes its home at once": (stage, family) => wish(stage, family, "stop-now"),
  async "the family stops, and thinks better of it"(stage, family) {
    await wish(stage, family, "stop");
    if (stage.dice.happens(50)) await goOn(stage, stage.dice.between(1, 40) * day);
    await wish(stage, family, "keep");
  },
  "the family takes its name elsewhere": takeNameElsewhere,
  "the family comes back": comeBack,
  "the family closes its home, and comes back": goAndComeBack,
  "the family withdraws": (stage, family) => withdrawBy(stage, family, "go"),
  "the family withdraws, and thinks better of it": (stage, family) => withdrawBy(stage, family, "keep"),
  async "the bill ends at once"(stage, family) {
    const found = await family.subscription();
    const [prorate, invoice_now] = [stage.dice.happens(50), stage.dice.happens(50)];
    if (found) await vendorOf(stage).subscriptions.cancel(found.one.id, { prorate, invoice_now });
  },
  async "the bill ends with its period"(stage, family) {
    const found = await family.subscription();
    if (found) await vendorOf(stage).subscriptions.update(found.one.id, { cancel_at_period_end: true });
  },
};
