import { afterAll, describe, expect, test } from "vitest";
import { minorOf } from "@/lib/billing/money.ts";
import { prices } from "@/lib/billing/prices.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { dbWorld, freshName } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { chooseCurrency } from "./choose-currency.ts";
import { chooseName } from "./choose-name.ts";
import { describeOrder } from "./describe-order.ts";
import { otherNames } from "./other-names.ts";
import { searchNames } from "./search-names.ts";
import { startCheckout } from "./start-checkout.ts";
import { syncOrder } from "./sync-order.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const names: NameSearch = {
  check: async (list) =>
    list.map((name) => ({
      ...{ name, kind: "available" as const },
      price: { currency: "USD", registration: "9.00", renewal: "9.00" },
    })),
  registrationSchema: async () => ({}),
};
const tools = { ...world, names };
const billOf = async (key: string) => (await describeOrder(world, key))?.bill;
const family = prices().plans["family"]?.month.home["EUR"];

describe("The currency of an order", () => {
  test("is the reader's where it begins, on the bill as in the search, and stays when another name is chosen", async () => {
    const done = await chooseName(tools, undefined, freshName(), "EUR");
    if (!done.ok) throw new Error("Not chosen");
    expect(done.currency).toBe("EUR");
    const bill = await billOf(done.key);
    expect(bill).toMatchObject({ currency: "EUR", home: family, tax: "inclusive" });
    const again = await chooseName(tools, done.key, freshName(), "USD");
    expect(again).toMatchObject({ ok: true, currency: "EUR" });
    const terms = { currency: "EUR", plan: "family", period: "month", addOns: [] } as const;
    const { offers } = await searchNames(tools, { typed: "quillington", people: 1, terms });
    expect(offers[0]?.total).toEqual(bill?.total);
  });

  test("is changed with every sum of the bill, and what the registrar asks stays", async () => {
    const { order, key } = await makeOrder(world);
    await chooseCurrency(world, key, "USD");
    const bill = await billOf(key);
    expect(bill).toMatchObject({ currency: "USD", home: { minor: 570, currency: "USD" } });
    const { quote, version } = await world.db.order.findUniqueOrThrow({ where: { id: order.id } });
    expect(quote).toMatchObject({ currency: "USD", wholesale: { registration: "17.80" } });
    expect(version).toBe(order.version + 1);
    await chooseCurrency(world, key, "USD");
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).version).toBe(version);
  });

  test("is what the payment page asks for, and a name that was lost is replaced in it", async () => {
    const { order, key } = await makeOrder(world);
    await chooseCurrency(world, key, "EUR");
    const cashier = new PretendCashier();
    const { url } = await startCheckout(
      { ...tools, desk: cashier },
      {
        ...{ key, version: order.version + 1, consent: true, consentText: "Begin now" },
        labels: { home: "Your home", name: "The name" },
        urls: { success: "https://n.test", cancel: "https://n.test" },
      },
    );
    const sessionId = url.replace("https://pay.test/", "");
    const total = (await billOf(key))?.total;
    expect(cashier.visits.get(sessionId)?.total).toEqual(total);
    // It is at the payment page: nothing changes under the buyer's hands.
    await chooseCurrency(world, key, "GBP");
    expect((await billOf(key))?.currency).toBe("EUR");
    cashier.pay(sessionId);
    await syncOrder({ ...world, cashier }, order.id);
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({
      state: "paid",
      paidCurrency: "EUR",
      paidMinor: total && minorOf(total),
    });
    await world.db.order.update({ where: { id: order.id }, data: { state: "lost" } });
    expect((await otherNames(tools, key, "")).offers.length).toBeGreaterThan(0);
  });

  test("of nothing begun is nobody's to change, and one that is not sold breaks loudly", async () => {
    await chooseCurrency(world, undefined, "USD");
    const { key } = await makeOrder(world);
    await expect(chooseCurrency(world, key, "CHF")).rejects.toThrow("does not sell");
  });
});
