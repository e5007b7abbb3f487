import { afterAll, describe, expect, test } from "vitest";
import { linesOf, type Terms, usualTerms } from "@/lib/billing/bill.ts";
import { minorOf } from "@/lib/billing/money.ts";
import { prices } from "@/lib/billing/prices.ts";
import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { fullBook } from "@/lib/testing/books.ts";
import { dbWorld, freshName } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { chooseName } from "./choose-name.ts";
import { choosePeople } from "./choose-people.ts";
import { type ChosenTerms, chooseTerms } from "./choose-terms.ts";
import { describeOrder } from "./describe-order.ts";
import { otherNames } from "./other-names.ts";
import type { OrderKey } from "./own-order.ts";
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
const inCurrency = (key: string | undefined, currency: string) => chooseTerms(world, key, { currency });
const family = prices().plans["family"]?.month.home["EUR"];

/** The visit to the payment page that the button leads to. */
async function atPayment(desk: PretendCashier, key: OrderKey, version: number, book?: PriceBook): Promise<string> {
  const { url } = await startCheckout(
    { ...tools, desk },
    {
      ...{ key, version, consent: true, consentText: "Begin now", childConsent: "I agree for Mia" },
      labels: { home: "Your home", name: "The name" },
      urls: { success: "https://n.test", cancel: "https://n.test" },
    },
    book,
  );
  return url.replace("https://pay.test/", "");
}

describe("The currency of an order", () => {
  test("is the reader's where it begins, on the bill as in the search, and stays when another name is chosen", async () => {
    const done = await chooseName(tools, undefined, freshName(), usualTerms("EUR"));
    if (!done.ok) throw new Error("Not chosen");
    expect(done.terms).toMatchObject({ currency: "EUR", period: "month" });
    const bill = await billOf(done.key);
    expect(bill).toMatchObject({ currency: "EUR", home: family, tax: "inclusive" });
    const again = await chooseName(tools, done.key, freshName(), usualTerms("USD"));
    expect(again).toMatchObject({ ok: true, terms: { currency: "EUR" } });
    const terms = { currency: "EUR", plan: "family", period: "month", addOns: [] } as const;
    const { offers } = await searchNames(tools, { typed: "quillington", people: 1, terms });
    expect(offers[0]?.total).toEqual(bill?.total);
  });

  test("is changed with every sum of the bill, and what the registrar asks stays", async () => {
    const { order, key } = await makeOrder(world);
    await inCurrency(key, "USD");
    const bill = await billOf(key);
    expect(bill).toMatchObject({ currency: "USD", home: { minor: 570, currency: "USD" } });
    const { quote, version } = await world.db.order.findUniqueOrThrow({ where: { id: order.id } });
    expect(quote).toMatchObject({ currency: "USD", wholesale: { registration: "17.80" } });
    expect(version).toBe(order.version + 1);
    await inCurrency(key, "USD");
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).version).toBe(version);
  });

  test("is what the payment page asks for, and a name that was lost is replaced in it", async () => {
    const { order, key } = await makeOrder(world);
    await inCurrency(key, "EUR");
    const cashier = new PretendCashier();
    const sessionId = await atPayment(cashier, key, order.version + 1);
    const total = (await billOf(key))?.total;
    expect(cashier.visits.get(sessionId)?.total).toEqual(total);
    // It is at the payment page: nothing changes under the buyer's hands.
    const meanwhile = { kind: "changed-meanwhile" };
    await expect(inCurrency(key, "GBP")).rejects.toMatchObject(meanwhile);
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
    await expect(inCurrency(undefined, "USD")).rejects.toMatchObject({ kind: "not-found" });
    const { key } = await makeOrder(world);
    await expect(inCurrency(key, "CHF")).rejects.toThrow("does not sell");
  });
});

describe("The period of an order", () => {
  const seenOf = async (key: string) => (await describeOrder(world, key))?.billSeen ?? "";
  const byYear: Partial<Pick<Terms, "period">> = { period: "year" };
  const yearly = { period: "year", home: { minor: 4500 }, namePart: { minor: 2100 }, total: { minor: 6600 } };

  test("is changed with every sum of the bill, and back again; what the registrar asks stays", async () => {
    const { order, key } = await makeOrder(world);
    await chooseTerms(world, key, byYear, await seenOf(key));
    expect(await billOf(key)).toMatchObject({ ...yearly, plan: "family", currency: "GBP" });
    const { quote } = await world.db.order.findUniqueOrThrow({ where: { id: order.id } });
    expect(quote).toMatchObject({ period: "year", wholesale: { registration: "17.80" } });
    await chooseTerms(world, key, { period: "month" }, await seenOf(key));
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).quote).toEqual(order.quote);
  });

  test("stays when the currency, the people or the name are changed", async () => {
    const { key } = await makeOrder(world);
    await chooseTerms(world, key, byYear);
    await inCurrency(key, "EUR");
    expect(await billOf(key)).toMatchObject({ period: "year", currency: "EUR", home: { minor: 5400 } });
    const seen = (await describeOrder(world, key))?.peopleForm.seen ?? "";
    await choosePeople(world, key, { rows: [], seen }, { kind: "continue" });
    expect(await chooseName(tools, key, freshName())).toMatchObject({ terms: { period: "year", currency: "EUR" } });
    expect(await billOf(key)).toMatchObject({ period: "year", currency: "EUR", home: { minor: 5400 } });
  });

  test("is what the reader chose before the order began", async () => {
    const done = await chooseName(tools, undefined, freshName(), { ...usualTerms("GBP"), period: "year" });
    expect(done).toMatchObject({ ok: true, terms: { period: "year" } });
    expect(done.ok && (await billOf(done.key))).toMatchObject(yearly);
  });

  test("is what the payment page asks for", async () => {
    const { order, key } = await makeOrder(world);
    await chooseTerms(world, key, byYear);
    const cashier = new PretendCashier();
    const sessionId = await atPayment(cashier, key, order.version + 1);
    expect(cashier.visits.get(sessionId)?.total).toMatchObject({ minor: 6600 });
  });

  test("chosen beside an older bill changes nothing, and the same choice twice is no other window", async () => {
    const { order, key } = await makeOrder(world);
    const seen = await seenOf(key);
    await inCurrency(key, "EUR");
    await expect(chooseTerms(world, key, byYear, seen)).rejects.toMatchObject({ say: { key: "errors.otherWindow" } });
    expect(await billOf(key)).toMatchObject({ period: "month", currency: "EUR" });
    const newer = await seenOf(key);
    await chooseTerms(world, key, byYear, newer);
    await chooseTerms(world, key, byYear, newer);
    const { version } = await world.db.order.findUniqueOrThrow({ where: { id: order.id } });
    expect(version).toBe(order.version + 2);
  });

  test("is nobody else's to choose, and nobody's once it is paid", async () => {
    const { order, key } = await makeOrder(world);
    await expect(chooseTerms(world, `${key.slice(0, -1)}_`, byYear)).rejects.toMatchObject({ kind: "not-found" });
    await world.db.order.update({ where: { id: order.id }, data: { state: "paid" } });
    await expect(chooseTerms(world, key, byYear)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).quote).toEqual(order.quote);
  });
});

describe("The add-ons of an order", () => {
  const seenOf = async (key: string) => (await describeOrder(world, key))?.billSeen ?? "";
  const choose = async (key: string, chosen: ChosenTerms, seen?: string) =>
    chooseTerms(world, key, chosen, seen ?? (await seenOf(key)), fullBook);
  const both = ["bridge", "room"];

  test("are lines of its bill in the book's order, and go again; what the registrar asks stays", async () => {
    const { order, key } = await makeOrder(world);
    await choose(key, { addOns: both });
    const bill = await billOf(key);
    expect(bill).toMatchObject({
      addOns: [
        { id: "room", sum: { minor: 100 } },
        { id: "bridge", sum: { minor: 37 } },
      ],
      total: { minor: 625 + 137 },
      laterTotal: { minor: 625 + 137 },
    });
    const lines = bill ? linesOf(bill).map(({ sum }) => minorOf(sum)) : [];
    expect(lines.reduce((a, b) => a + b)).toBe(bill && minorOf(bill.total));
    await choose(key, { addOns: [] });
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).quote).toEqual(order.quote);
  });

  test("follow the currency, and one that is not sold by the year leaves with the month and is named", async () => {
    const { key } = await makeOrder(world);
    await choose(key, { addOns: both });
    expect(await choose(key, { currency: "JPY" })).toEqual([]);
    expect(await billOf(key)).toMatchObject({ addOns: [{ sum: { minor: 190 } }, { sum: { minor: 67 } }] });
    expect(await choose(key, { period: "year" })).toEqual(["bridge"]);
    expect(await billOf(key)).toMatchObject({ period: "year", addOns: [{ id: "room", sum: { minor: 1900 } }] });
    expect(await choose(key, { period: "month" })).toEqual([]);
    expect((await billOf(key))?.addOns.map(({ id }) => id)).toEqual(["room"]);
  });

  test("are what the payment page asks for", async () => {
    const { order, key } = await makeOrder(world);
    await choose(key, { addOns: both });
    const cashier = new PretendCashier();
    const sessionId = await atPayment(cashier, key, order.version + 1, fullBook);
    expect(cashier.visits.get(sessionId)?.total).toEqual((await billOf(key))?.total);
  });

  test("that the book does not sell are on no bill", async () => {
    const { order, key } = await makeOrder(world);
    await choose(key, { addOns: ["moat", "constructor", "__proto__"] });
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).version).toBe(order.version);
  });

  test("ticked beside an older bill change nothing, and the same ticks sent twice are no other window", async () => {
    const { order, key } = await makeOrder(world);
    const seen = await seenOf(key);
    await choose(key, { addOns: ["room"] });
    await expect(choose(key, { addOns: ["bridge"] }, seen)).rejects.toMatchObject({
      say: { key: "errors.otherWindow" },
    });
    await choose(key, { addOns: ["room"] }, seen);
    expect((await billOf(key))?.addOns.map(({ id }) => id)).toEqual(["room"]);
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).version).toBe(order.version + 1);
  });
});
