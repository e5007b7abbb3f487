import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findChangedCustomers } from "@/lib/billing/find-changed-customers.ts";
import { knowCustomer } from "@/lib/billing/know-customer.ts";
import { pokeCustomers } from "@/lib/billing/poke-customers.ts";
import { type BillingTools, syncBilling } from "@/lib/billing/sync-billing.ts";
import type { Prisma } from "@/lib/generated/prisma/client.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { stripeLedger } from "@/lib/stripe/ledger.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { keys, monthAndBill, movableClock, type Running, startStripe } from "@/sandbox/stripe/test-kit.ts";

const clock = movableClock();
const world = { ...dbWorld(), clock };
const { db } = world;
let running: Running;
let tools: BillingTools;
beforeAll(async () => {
  running = await startStripe({}, clock);
});
beforeEach(() => {
  tools = { ...world, ledger: stripeLedger(openStripe(keys.full, running.at(""))) };
});
afterAll(async () => {
  await running.close();
  await db.$disconnect();
});

const include = {
  subscriptions: true,
  invoices: { include: { lines: { orderBy: { place: "asc" } }, creditNotes: true }, orderBy: { createdAt: "asc" } },
  movements: { orderBy: { id: "asc" } },
  disputes: true,
} satisfies Prisma.CustomerInclude;
const copy = (id: string) => db.customer.findUniqueOrThrow({ where: { id }, include });

/** A family whose payment we have seen. */
async function family() {
  const bought = await stripeFamily(running, clock, { orderId: world.ids.id("ord") });
  await knowCustomer(db, world, bought);
  return bought;
}

describe("The copy of a customer's ledger", () => {
  test("has every invoice with its lines, every movement of money and the subscription", async () => {
    const { customerId, subscriptionId, orderId } = await family();
    await syncBilling(tools, customerId);
    expect(await copy(customerId)).toMatchObject({
      orderId,
      email: "anna@example.org",
      cardLabel: "Visa ending 4242",
      subscriptions: [{ id: subscriptionId, orderId, status: "active", period: "month", currency: "GBP" }],
      invoices: [
        {
          status: "paid",
          totalMinor: 625,
          paidMinor: 625,
          dueMinor: 0,
          lines: [
            { what: "home", minor: 450 },
            { what: "name", minor: 175 },
          ],
        },
      ],
      movements: [{ kind: "charge", minor: 625 }],
    });
  });

  test("is the same however often, by however many at once, and from nothing it is made", async () => {
    const { customerId } = await family();
    clock.push(monthAndBill);
    await syncBilling(tools, customerId);
    const { askedAt: _, nextSyncAt: __, ...once } = await copy(customerId);
    await Promise.all(Array.from({ length: 4 }, () => syncBilling(tools, customerId)));
    expect(await copy(customerId)).toMatchObject(once);
    await db.invoice.deleteMany({ where: { customerId } });
    await db.movement.updateMany({ where: { customerId }, data: { minor: 1 } });
    await db.subscription.deleteMany({ where: { customerId } });
    await syncBilling(tools, customerId);
    expect(await copy(customerId)).toMatchObject(once);
    expect(once.invoices).toHaveLength(2);
  });

  test("is not set back by an answer that was asked for earlier and comes later", async () => {
    const { customerId } = await family();
    let go = () => undefined as unknown;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow: BillingTools = {
      ...tools,
      ledger: {
        ...tools.ledger,
        async customer(id) {
          const answer = await tools.ledger.customer(id);
          await held;
          return answer;
        },
      },
    };
    const early = syncBilling(slow, customerId);
    clock.push(monthAndBill);
    await syncBilling(tools, customerId);
    go();
    await early;
    expect((await copy(customerId)).invoices).toHaveLength(2);
  });

  test("is made once more when somebody pokes it while it is made", async () => {
    const { customerId } = await family();
    const poking: BillingTools = {
      ...tools,
      ledger: {
        ...tools.ledger,
        async customer(id) {
          const answer = await tools.ledger.customer(id);
          clock.push(1);
          await pokeCustomers(db, [id], clock.now());
          clock.push(1);
          return answer;
        },
      },
    };
    await syncBilling(poking, customerId);
    const poked = (await copy(customerId)).nextSyncAt?.getTime() ?? 0;
    expect(poked).toBeLessThanOrEqual(clock.now().getTime());
    await syncBilling(tools, customerId);
    expect((await copy(customerId)).nextSyncAt?.getTime()).toBeGreaterThan(clock.now().getTime() + 3_600_000);
  });

  test("is looked at within the hour while a bill is open", async () => {
    const { customerId, subscriptionId, sdk } = await family();
    const card = await sdk.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customerId });
    await sdk.subscriptions.update(subscriptionId, { default_payment_method: card.id });
    clock.push(monthAndBill);
    await syncBilling(tools, customerId);
    const { invoices, nextSyncAt } = await copy(customerId);
    expect(invoices.at(-1)).toMatchObject({ status: "open", dueMinor: 625, refusal: expect.stringMatching(/decline/) });
    expect(nextSyncAt?.getTime()).toBeLessThanOrEqual(clock.now().getTime() + 3_600_000);
  });

  test("stays when the vendor has deleted the customer, and nobody asks again", async () => {
    const { customerId } = await family();
    await syncBilling(tools, customerId);
    await syncBilling({ ...tools, ledger: { ...tools.ledger, customer: async () => undefined } }, customerId);
    expect(await copy(customerId)).toMatchObject({ gone: true, nextSyncAt: null, invoices: [{ totalMinor: 625 }] });
  });

  test("is made of nobody who never paid us", async () => {
    const { customerId } = await stripeFamily(running, clock);
    await syncBilling(tools, customerId);
    expect(await db.customer.count({ where: { id: customerId } })).toBe(0);
  });
});

test("Whoever had something happen to them of which no webhook told is looked at within the hour", async () => {
  const [one, other] = [await family(), await family()];
  for (const { customerId } of [one, other]) await syncBilling(tools, customerId);
  await findChangedCustomers(tools);
  // The vendor tells whole seconds: what was copied in the second of an event is copied once more.
  clock.push(2);
  for (const { customerId } of [one, other]) await syncBilling(tools, customerId);
  const due = async ({ customerId }: typeof one) =>
    ((await copy(customerId)).nextSyncAt?.getTime() ?? Infinity) <= clock.now().getTime();
  clock.push(3601);
  const [charge] = await one.charges();
  await one.sdk.refunds.create({ charge: charge?.id ?? "", amount: 100 });
  await findChangedCustomers(tools);
  expect([await due(one), await due(other)]).toEqual([true, false]);
});
