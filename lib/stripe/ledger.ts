import type Stripe from "stripe";
import type { CustomerLedger, LedgerDispute, LedgerMovement, LedgerWarning } from "@/lib/billing/ledger.ts";
import { moneyOf } from "@/lib/billing/money.ts";
import type { Ledger, Whose } from "@/lib/billing/ports.ts";
import { idOf } from "./checkout-desk.ts";
import { ask, askOrNothing } from "./client.ts";
import { cardOf, chargeMovements, creditNoteOf, disputeMovements, disputeOf, warningOf } from "./ledger-money.ts";
import { dateOf, invoiceOf, type Products, paymentIntentsOf, productsOf, subscriptionOf } from "./ledger-nouns.ts";
import { payerOf } from "./let-pay.ts";
import { webhookEvents } from "./webhook-events.ts";

/** The SDK wants a bound. A family has some twenty objects of each kind a year; the vendor's events of a month are more. */
const most = 10_000;
const page = { limit: 100 } as const;

export function stripeLedger(stripe: Stripe): Ledger {
  return {
    customer: (customerId) => readCustomer(stripe, customerId),
    async changedSince(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) };
      const events = await ask("events.list", () =>
        stripe.events.list({ created, types: [...webhookEvents], ...page }).autoPagingToArray({ limit: most }),
      );
      // The vendor lists the newest first.
      return events
        .toReversed()
        .map((event) => ({ at: dateOf(event.created), ...whose(event.data.object as Concerned) }));
    },
  };
}

interface Concerned {
  readonly id?: unknown;
  readonly object?: unknown;
  readonly customer?: unknown;
  readonly payment_intent?: unknown;
}

/** Whose object it is, from the object alone: most name their customer, a customer is its own, and some know a payment only. */
export const whose = ({ id, object, customer, payment_intent: payment }: Concerned): Whose => ({
  customerId: idIn(object === "customer" ? id : customer),
  paymentIntentId: idIn(payment),
});

const idIn = (ref: unknown): string | null =>
  idOf(typeof ref === "string" || (typeof ref === "object" && ref !== null && "id" in ref) ? (ref as string) : null);

async function readCustomer(stripe: Stripe, customerId: string): Promise<CustomerLedger | undefined> {
  const customer = await askOrNothing("customers.retrieve", () =>
    stripe.customers.retrieve(customerId, { expand: ["invoice_settings.default_payment_method"] }),
  );
  if (!customer || customer.deleted) return undefined;
  const subscriptions = await ask("subscriptions.list", () =>
    stripe.subscriptions
      .list({
        customer: customerId,
        status: "all",
        expand: ["data.default_payment_method", "data.discounts.source.coupon"],
        ...page,
      })
      .autoPagingToArray({ limit: most }),
  );
  const invoices = await ask("invoices.list", () =>
    stripe.invoices
      .list({ customer: customerId, expand: ["data.payments"], ...page })
      .autoPagingToArray({ limit: most }),
  );
  const notes = await ask("creditNotes.list", () =>
    stripe.creditNotes.list({ customer: customerId, ...page }).autoPagingToArray({ limit: most }),
  );
  const products = await readProducts(stripe, productsOf(subscriptions, invoices));
  const money = await readMoney(stripe, customerId, invoices);
  const currency = customer.currency?.toUpperCase();
  return {
    email: customer.email,
    balance: currency ? moneyOf(customer.balance, currency) : null,
    card: cardOf(customer, subscriptions),
    payer: payerOf(customer),
    subscriptions: subscriptions.map((one) => subscriptionOf(one, products)),
    invoices: await Promise.all(
      invoices.map(async (one) => invoiceOf(await whole(stripe, one), products, await refusalOf(stripe, one))),
    ),
    creditNotes: notes.map(creditNoteOf),
    ...money,
  };
}

/** What each line is for stands with the product that checkout made for it. */
export async function readProducts(stripe: Stripe, ids: readonly string[]): Promise<Products> {
  if (ids.length === 0) return new Map();
  const found = await ask("products.list", () =>
    stripe.products.list({ ids: [...ids], ...page }).autoPagingToArray({ limit: most }),
  );
  return new Map(
    found.map(({ id, name, metadata }) => [
      id,
      { name, what: metadata["what"] ?? null, plan: metadata["plan"] ?? null },
    ]),
  );
}

/** With the lines that the vendor leaves out of a list of invoices: it shows ten. */
async function whole(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  if (!invoice.lines.has_more || !invoice.id) return invoice;
  const { id } = invoice;
  const data = await ask("invoices.listLineItems", () =>
    stripe.invoices.listLineItems(id, page).autoPagingToArray({ limit: most }),
  );
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
}

/** Why an open invoice was not paid at its last try. */
async function refusalOf(stripe: Stripe, invoice: Stripe.Invoice): Promise<string | null> {
  const intentId = invoice.status === "open" && invoice.attempted ? paymentIntentsOf(invoice).at(-1) : undefined;
  if (!intentId) return null;
  const intent = await ask("payment_intents.retrieve", () => stripe.paymentIntents.retrieve(intentId));
  const error = intent.last_payment_error;
  return error?.decline_code ?? error?.code ?? null;
}

async function readMoney(stripe: Stripe, customer: string, invoices: readonly Stripe.Invoice[]) {
  const invoiceOfIntent = new Map(
    invoices.flatMap((one) => paymentIntentsOf(one).map((intent) => [intent, one.id ?? null] as const)),
  );
  const expand = [
    "data.balance_transaction",
    "data.refunds.data.balance_transaction",
    "data.refunds.data.failure_balance_transaction",
  ];
  const charges = await ask("charges.list", () =>
    stripe.charges.list({ customer, expand, ...page }).autoPagingToArray({ limit: most }),
  );
  const movements: LedgerMovement[] = charges.flatMap((charge) => chargeMovements(charge, invoiceOfIntent));
  const disputes: LedgerDispute[] = [];
  for (const charge of charges.filter(({ disputed }) => disputed)) {
    const found = await ask("disputes.list", () =>
      stripe.disputes.list({ charge: charge.id, ...page }).autoPagingToArray({ limit: most }),
    );
    disputes.push(...found.map(disputeOf));
    movements.push(...found.flatMap((dispute) => disputeMovements(dispute, invoiceOfIntent)));
  }
  return { movements, disputes, warnings: await readWarnings(stripe, charges) };
}

/**
 * A network warns within weeks, and nobody can do anything about an older payment: the newest three are asked about. The
 * vendor lists warnings by their charge, or all there are.
 */
const warned = 3;

async function readWarnings(stripe: Stripe, charges: readonly Stripe.Charge[]): Promise<LedgerWarning[]> {
  const found: LedgerWarning[] = [];
  for (const { id } of charges.filter(({ paid }) => paid).slice(0, warned)) {
    const list = await ask("radar.earlyFraudWarnings.list", () =>
      stripe.radar.earlyFraudWarnings.list({ charge: id, ...page }),
    );
    found.push(...list.data.map(warningOf));
  }
  return found;
}
