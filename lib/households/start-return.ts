import { addOnCalled } from "@/lib/billing/add-on-called.ts";
import { billMail } from "@/lib/billing/bill-mail.ts";
import { minorOf, zero } from "@/lib/billing/money.ts";
import type { CheckoutDesk, CheckoutLine } from "@/lib/billing/ports.ts";
import { prices } from "@/lib/billing/prices.ts";
import { keptQuote, type Quote, readQuote } from "@/lib/billing/quote.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import type { Period, PriceBook } from "@/lib/billing/read-price-book.ts";
import { type ReturnBill, returnBill } from "@/lib/billing/return-bill.ts";
import { secondsAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Checkout, Order, Tenant } from "@/lib/generated/prisma/client.ts";
import { endEarlierVisits, openVisit } from "@/lib/orders/open-visit.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";
import { offerOf } from "./describe-return.ts";
import { whyNotReturn } from "./why-not-return.ts";

export interface StartReturn {
  readonly period?: Period | undefined;
  /** The sums that were beside the button (lib/households/describe-return.ts). */
  readonly seen: string;
  /** The tick under "Begin now", and the words beside it as they were shown. */
  readonly consent: boolean;
  readonly consentText: string;
  readonly consentFrom?: string | undefined;
  /** What the invoices call the home and the name. */
  label(what: "home" | "name", bill: ReturnBill, heads: number): Promise<string>;
  readonly urls: { readonly success: string; readonly cancel: string };
}

type ReturnTools = World & { readonly desk: CheckoutDesk };

/** How soon a worker asks the vendor by itself, should every webhook be lost and the family not come back. */
const firstSyncSeconds = 15;

/**
 * Sends a family whose bill has ended to the payment page, to open its home again. Looks before it writes; writes the intention
 * down before the vendor is asked. Pressing twice leads to one open visit. With nothing to pay the home opens at once.
 */
export async function startReturn(
  tools: ReturnTools,
  who: Member,
  input: StartReturn,
  book: PriceBook = prices(),
): Promise<{ url: string }> {
  const { db, clock } = tools;
  const tenant = await billOf(tools, who);
  const order = await db.order.findUniqueOrThrow({ where: { id: tenant.orderId } });
  const bill = await readBill(db, order.id);
  const now = clock.now();
  const why = await whyNotReturn(db, tenant, order, bill, now);
  const heads = await db.person.count({ where: { tenantId: tenant.id, ...livesThere } });
  const back = returnBill(readQuote(order), bill, { name: tenant.name, heads, now, period: input.period }, book);
  const customer = bill.subscription?.customer;
  if (why || !back || !customer) throw changed(`${tenant.name} cannot come back: ${why ?? "not sold"}`, "changed");
  const offer = offerOf(back, customer.balanceMinor, now);
  if (offer.seen !== input.seen) throw changed("The sums are others", "price");
  if (!input.consent && !offer.free)
    throw new NameplateError("bad-input", "Consent not given", { key: "pay.tickFirst" });
  await endEarlierVisits(tools, order);
  if (offer.free) return openForNothing(tools, tenant, order, { back, input });
  const visit = await db.$transaction((tx) => writeDown(tx, tools, order, { back, input }));
  return openVisit(tools, visit, {
    email: billMail(order),
    returning: { customerId: customer.id },
    period: back.quote.period,
    tax: back.quote.tax,
    lines: await linesOfVisit(back, heads, input, book),
    successUrl: input.urls.success,
    cancelUrl: input.urls.cancel,
  });
}

const changed = (why: string, say: "changed" | "price") =>
  new NameplateError("changed-meanwhile", why, { key: `family.return.errors.${say}` });

const linesOfVisit = (back: ReturnBill, heads: number, { label }: StartReturn, book: PriceBook) =>
  Promise.all(
    back.lines.map(
      async ({ what, sum }): Promise<CheckoutLine> => ({
        ...{ what, sum },
        label: typeof what === "string" ? await label(what, back, heads) : addOnCalled(what.addOn, book),
        ...(what === "home" ? { plan: back.quote.plan } : {}),
      }),
    ),
  );

interface Returning {
  readonly back: ReturnBill;
  readonly input: StartReturn;
}

/** The intention, committed before the vendor is asked, as of a first visit (lib/orders/write-down-visit.ts). */
async function writeDown(
  tx: Tx,
  { clock, ids }: World,
  { id: orderId, checkoutTry }: Order,
  { back, input: { consentText, consentFrom } }: Returning,
): Promise<Checkout> {
  const now = clock.now();
  const moved = await tx.order.updateMany({
    // The button pressed twice in one moment: the first press opens the page, the second finds that it was.
    where: { id: orderId, checkoutTry, state: "paid" },
    data: { checkoutTry: { increment: 1 }, updatedAt: now, nextSyncAt: secondsAfter(now, firstSyncSeconds) },
  });
  if (moved.count === 0)
    throw new NameplateError("changed-meanwhile", "Changed in another window", { key: "errors.otherWindow" });
  await tx.checkout.updateMany({ where: { orderId, state: "opening" }, data: { state: "expired" } });
  const { total } = back;
  return tx.checkout.create({
    data: {
      ...{ id: ids.id("vis"), orderId, purpose: "return", try: checkoutTry + 1, state: "opening", createdAt: now },
      ...{ totalMinor: minorOf(total), currency: total.currency },
      ...{ consentAt: now, consentText, consentFrom: consentFrom ?? null },
    },
  });
}

/** The name's years cost nothing from now on either, whatever was agreed before. */
function givenAway(quote: Quote): Quote {
  const nothing = zero(quote.currency);
  return { ...quote, nameYear: nothing, renewalYear: nothing, namePart: nothing, total: nothing, laterTotal: nothing };
}

/** Nothing is to pay, now or later: consent, visit and waking commit together. */
async function openForNothing(world: World, tenant: Tenant, order: Order, how: Returning): Promise<{ url: string }> {
  await world.db.$transaction(async (tx) => {
    const { id, createdAt } = await writeDown(tx, world, order, how);
    await tx.checkout.update({ where: { id }, data: { state: "paid", paidAt: createdAt, paidMinor: 0 } });
    await tx.order.update({
      where: { id: order.id },
      data: { quote: keptQuote(givenAway(how.back.quote)), nextSyncAt: null },
    });
    await tx.tenant.update({ where: { id: tenant.id }, data: { restsBecause: null, restsSince: null } });
    await pokeTenant(tx, world, tenant.id);
  });
  await world.ring({ kind: "tenant", tenantId: tenant.id });
  return { url: how.input.urls.success };
}
