import { afterAll, describe, expect, test } from "vitest";
import { billFor, usualTerms } from "@/lib/billing/bill.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { freeBook } from "@/lib/testing/books.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { describeOrderProgress } from "./describe-watch.ts";
import { askForMoneyBack } from "./give-up-order.ts";
import { loseName } from "./lose-name.ts";
import { startCheckout } from "./start-checkout.ts";
import { syncOrder } from "./sync-order.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

/** Nobody may ask a payment vendor for anything: a call of any kind breaks the test. */
const nobody = new Proxy({} as never, {
  get: (_, call) => () => {
    throw new Error(`The payment vendor was asked: ${String(call)}`);
  },
});
const names: NameSearch = {
  check: async (list) =>
    list.map((name) => ({
      ...{ name, kind: "available" as const },
      price: { currency: "USD", registration: "17.80", renewal: "17.80" },
    })),
  registrationSchema: async () => ({}),
};

/** An order as the wizard leaves it where everything is given away. */
async function freeOrder(differs: object = {}) {
  const bill = billFor("family", 3, usualTerms("GBP", freeBook), freeBook);
  return makeOrder(world, { quote: { ...smithQuote, ...(bill && keptQuote(bill)) }, ...differs } as object);
}
const press = async (key: string) => {
  const { version } = await world.db.order.findFirstOrThrow({ where: { keyHash: hashSecret(key) } });
  return startCheckout(
    { ...world, desk: nobody, names },
    {
      ...{ key, version, consent: true, consentText: "Nothing to pay", childConsent: "I agree for Mia" },
      labels: { home: "Your home", name: "The name" },
      urls: { success: "https://n.test/start/watch", cancel: "https://n.test/start/pay" },
    },
    freeBook,
  );
};
const orderOf = (id: string) => world.db.order.findUniqueOrThrow({ where: { id }, include: { checkouts: true } });

describe("Where nothing is to pay", () => {
  test("the button leads on at once, and the home is wanted, without any payment vendor", async () => {
    const { order, key } = await freeOrder();
    expect(await press(key)).toEqual({ url: "https://n.test/start/watch" });
    expect(await orderOf(order.id)).toMatchObject({
      state: "paid",
      paidMinor: 0,
      paidCurrency: "GBP",
      paymentIntentId: null,
      consentText: "Nothing to pay",
      checkouts: [{ state: "paid", totalMinor: 0, sessionId: null }],
    });
    expect(await world.db.tenant.findMany({ where: { orderId: order.id } })).toMatchObject([
      { name: order.name, want: "present" },
    ]);
    expect(await world.db.mail.count({ where: { cause: `receipt:${order.id}` } })).toBe(0);
    await syncOrder({ ...world, cashier: nobody }, order.id);
    expect(await orderOf(order.id)).toMatchObject({ state: "paid", nextSyncAt: null });
  });

  test("pressing it in several tabs at once wants one home", async () => {
    const { order, key } = await freeOrder();
    const pressed = await Promise.allSettled([press(key), press(key), press(key)]);
    expect(pressed.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await expect(press(key)).rejects.toMatchObject({ say: { key: "pay.alreadyPaid" } });
    expect(await world.db.tenant.count({ where: { orderId: order.id } })).toBe(1);
    expect((await orderOf(order.id)).checkouts).toHaveLength(1);
  });

  test("two families who press for one name get one home, and the other chooses again", async () => {
    const first = await freeOrder();
    const second = await freeOrder({ name: first.order.name });
    await Promise.all([press(first.key), press(second.key)]);
    const states = [(await orderOf(first.order.id)).state, (await orderOf(second.order.id)).state];
    expect(states.toSorted()).toEqual(["lost", "paid"]);
    expect(await world.db.tenant.count({ where: { name: first.order.name ?? "" } })).toBe(1);
  });

  test("a lost name that nobody replaces ends the order, and nothing is sent back", async () => {
    const { order, key } = await freeOrder();
    await press(key);
    await world.db.$transaction((tx) => loseName(tx, world, order, "taken"));
    await askForMoneyBack(world, key);
    await askForMoneyBack(world, key);
    expect(await world.db.refund.count({ where: { orderId: order.id } })).toBe(0);
    const ended = await orderOf(order.id);
    expect(ended.state).toBe("refunded");
    expect(await describeOrderProgress(world, ended)).toMatchObject({ phase: "over", paid: null, refund: null });
  });

  test("a price of before is not charged: the buyer sees first that it is gone", async () => {
    const { order, key } = await makeOrder(world);
    await expect(press(key)).rejects.toMatchObject({ say: { key: "pay.priceChanged" } });
    expect(await orderOf(order.id)).toMatchObject({ state: "draft", quote: { totalMinor: 0 } });
    await press(key);
    expect((await orderOf(order.id)).state).toBe("paid");
  });
});
