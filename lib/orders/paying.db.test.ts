import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { moneyOf } from "@/lib/billing/money.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { chooseAnotherName } from "./choose-another-name.ts";
import { askForMoneyBack } from "./give-up-order.ts";
import { loseName } from "./lose-name.ts";
import { refundForgottenOrders } from "./refund-forgotten-orders.ts";
import { reopenOrder } from "./reopen-order.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { startCheckout } from "./start-checkout.ts";
import { syncOrder } from "./sync-order.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let cashier: PretendCashier;
let price: { currency: string; registration: string; renewal: string };
let kind: "available" | "taken";
const names: NameSearch = {
  check: async (list) => list.map((name) => (kind === "available" ? { name, kind, price } : { name, kind })),
  registrationSchema: async () => ({}),
};
beforeEach(() => {
  cashier = new PretendCashier();
  price = { currency: "USD", registration: "17.80", renewal: "17.80" };
  kind = "available";
});

const tools = () => ({ ...world, cashier, desk: cashier, names });
const press = async (key: string, differs: object = {}) => {
  const version = (
    await world.db.order.findFirstOrThrow({ where: { keyHash: (await import("@/lib/ids.ts")).hashSecret(key) } })
  ).version;
  return startCheckout(tools(), {
    key,
    version,
    consent: true,
    consentText: "Begin now",
    childConsent: "I agree for Mia",
    labels: { home: "Your home", name: "The name" },
    urls: { success: "https://n.test/start/watch", cancel: "https://n.test/start/pay" },
    ...differs,
  });
};
const sessionOf = (url: string): string => url.replace("https://pay.test/", "");
async function paidOrder() {
  const { order, key } = await makeOrder(world);
  cashier.pay(sessionOf((await press(key)).url));
  await syncOrder(tools(), order.id);
  return { order: await world.db.order.findUniqueOrThrow({ where: { id: order.id } }), key };
}

describe("Pressing the button that costs money", () => {
  test("leads nowhere before a parent has agreed for a child; then the words stand with the child, set back or not", async () => {
    const { order, key } = await makeOrder(world);
    await expect(press(key, { childConsent: undefined })).rejects.toMatchObject({
      ...{ kind: "bad-input", say: { key: "pay.tickChildFirst" } },
    });
    cashier.pay(sessionOf((await press(key, { consentFrom: "203.0.113.9" })).url));
    const consents = () => world.db.consent.findMany({ where: { person: { tenant: { orderId: order.id } } } });
    expect(await consents()).toEqual([]);
    await syncOrder(tools(), order.id);
    await syncOrder(tools(), order.id);
    expect(await consents()).toMatchObject([
      { nth: 1, by: null, text: "I agree for Mia", method: "card-payment", country: "GB", from: "203.0.113.9" },
    ]);
  });

  test("leads to the payment page with the sum that was shown", async () => {
    const { key } = await makeOrder(world);
    const { url } = await press(key);
    expect(cashier.visits.get(sessionOf(url))).toMatchObject({ total: moneyOf(625, "GBP"), state: "open" });
  });

  test("keeps what the registrar asks today: the same sum for the buyer, and no price that changed for us", async () => {
    const { order, key } = await makeOrder(world);
    price = { currency: "USD", registration: "18.90", renewal: "18.90" };
    await press(key);
    const { quote } = await world.db.order.findUniqueOrThrow({ where: { id: order.id } });
    expect(quote).toMatchObject({ totalMinor: 625, wholesale: price });
  });

  test("twice leaves one visit that can be paid", async () => {
    const { key } = await makeOrder(world);
    await press(key);
    await press(key);
    expect([...cashier.visits.values()].map((visit) => visit.state)).toEqual(["expired", "open"]);
  });

  test("twice in one moment leads to one page that can be paid, and breaks nothing", async () => {
    const { order, key } = await makeOrder(world);
    const pressed = await Promise.allSettled([press(key), press(key), press(key)]);
    for (const one of pressed)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ say: { key: "errors.otherWindow" } });
    expect(pressed.some((one) => one.status === "fulfilled")).toBe(true);
    expect([...cashier.visits.values()].filter((visit) => visit.state === "open")).toHaveLength(1);
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({ state: "checkout" });
  });

  test("again while the first page is still being opened leaves one page, the later", async () => {
    const { key } = await makeOrder(world);
    const open = cashier.open.bind(cashier);
    const { promise: second, resolve } = Promise.withResolvers<void>();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    cashier.open = async (visit) => {
      cashier.open = open;
      ask();
      await second;
      return open(visit);
    };
    const first = press(key);
    await asked;
    await press(key);
    resolve();
    await expect(first).rejects.toMatchObject({ say: { key: "errors.otherWindow" } });
    expect([...cashier.visits.values()].map((visit) => visit.state).toSorted()).toEqual(["expired", "open"]);
  });

  test("while the earlier visit is being paid finds that payment, and opens no other page", async () => {
    const { order, key } = await makeOrder(world);
    await press(key);
    const close = cashier.close.bind(cashier);
    cashier.close = async (session) => {
      cashier.pay(session);
      await close(session);
    };
    await expect(press(key)).rejects.toMatchObject({ say: { key: "pay.alreadyPaid" } });
    await syncOrder(tools(), order.id);
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({ state: "paid" });
    expect(cashier.visits.size).toBe(1);
  });

  test("while another tab opens the order for changes leads to no page that could still be paid", async () => {
    const { key } = await makeOrder(world);
    const open = cashier.open.bind(cashier);
    cashier.open = async (visit) => {
      await reopenOrder(tools(), key);
      return open(visit);
    };
    await expect(press(key)).rejects.toMatchObject({ say: { key: "errors.otherWindow" } });
    expect([...cashier.visits.values()].map((visit) => visit.state)).toEqual(["expired"]);
  });

  test.each([
    ["without the tick", { consent: false }, "pay.tickFirst"],
    ["in an older tab", { version: 99 }, "errors.otherWindow"],
  ])("%s changes nothing and says why", async (_, differs, say) => {
    const { order, key } = await makeOrder(world);
    await expect(press(key, differs)).rejects.toMatchObject({ say: { key: say } });
    expect(await world.db.checkout.count({ where: { orderId: order.id } })).toBe(0);
  });

  test("for a name that was taken meanwhile charges nothing", async () => {
    const { order, key } = await makeOrder(world);
    kind = "taken";
    await expect(press(key)).rejects.toMatchObject({ say: { key: "pay.nameLost" } });
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({ state: "draft" });
  });

  test("with somebody else's key finds no order", async () => {
    await makeOrder(world);
    await expect(
      startCheckout(tools(), {
        key: "not-a-key",
        version: 0,
        consent: true,
        consentText: "",
        labels: { home: "", name: "" },
        urls: { success: "", cancel: "" },
      }),
    ).rejects.toMatchObject({ kind: "not-found" });
  });

  test("again, with the first visit's end heard while the second is being opened, stays at the payment page", async () => {
    const { order, key } = await makeOrder(world);
    await press(key);
    const open = cashier.open.bind(cashier);
    cashier.open = async (asked) => {
      await syncOrder(tools(), order.id);
      return open(asked);
    };
    await press(key);
    await syncOrder(tools(), order.id);
    expect(await world.db.order.findUnique({ where: { id: order.id } })).toMatchObject({ state: "checkout" });
  });

  test("in vain, the vendor's answer being lost, gives the order back after a minute", async () => {
    const { order, key } = await makeOrder(world);
    cashier.open = () => Promise.reject(new Error("The line went dead"));
    await expect(press(key)).rejects.toThrow("The line went dead");
    await syncOrder(tools(), order.id);
    expect(await world.db.order.findUnique({ where: { id: order.id } })).toMatchObject({ state: "checkout" });
    world.clock.pass(61);
    await syncOrder(tools(), order.id);
    expect(await world.db.order.findUnique({ where: { id: order.id } })).toMatchObject({
      state: "draft",
      nextSyncAt: null,
    });
  });

  test("and coming back unpaid opens the order again, and the old visit can no longer be paid", async () => {
    const { order, key } = await makeOrder(world);
    const { url } = await press(key);
    expect(await reopenOrder(tools(), key)).toBe("draft");
    expect(cashier.visits.get(sessionOf(url))?.state).toBe("expired");
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({ state: "draft" });
  });
});

describe("A payment", () => {
  test("asks for a home with everyone in it, in the same moment", async () => {
    const { order } = await paidOrder();
    expect(order).toMatchObject({ state: "paid", paidMinor: 625, cardLabel: "Visa ending 4242" });
    const tenant = await world.db.tenant.findUniqueOrThrow({
      where: { holds: order.name ?? "" },
      include: { people: { orderBy: { place: "asc" } } },
    });
    expect(tenant).toMatchObject({ want: "present" });
    expect(tenant.people.map((one) => [one.part, one.runsHome, one.page])).toEqual([
      ["anna", true, true],
      ["ben", false, true],
      ["mia", false, false],
    ]);
    expect(world.rung).toContainEqual({ kind: "tenant", tenantId: tenant.id });
  });

  test("seen many times at once, by many workers, makes one home and one receipt", async () => {
    const { order, key } = await makeOrder(world);
    cashier.pay(sessionOf((await press(key)).url));
    await Promise.all(Array.from({ length: 5 }, () => syncOrder(tools(), order.id)));
    expect(await world.db.tenant.count({ where: { orderId: order.id } })).toBe(1);
    expect(await world.db.mail.count({ where: { cause: `receipt:${order.id}` } })).toBe(1);
    expect(await world.db.refund.count({ where: { orderId: order.id } })).toBe(0);
  });

  test("of another sum than was agreed is a bug and provisions nothing", async () => {
    const { order, key } = await makeOrder(world);
    const session = sessionOf((await press(key)).url);
    cashier.visits.set(session, {
      ...(cashier.visits.get(session) as never as object),
      full: moneyOf(1, "GBP"),
    } as never);
    cashier.pay(session);
    await expect(syncOrder(tools(), order.id)).rejects.toThrow("the payment vendor says 1 GBP");
    expect(await world.db.tenant.count({ where: { orderId: order.id } })).toBe(0);
  });

  test("made a second time in another visit goes back whole, and its subscription ends", async () => {
    const { order } = await paidOrder();
    const extra = await cashier.open({
      checkoutId: world.ids.id("vis"),
      orderId: order.id,
      email: "",
      period: "month",
      tax: "inclusive",
      lines: [{ what: "home", label: "", sum: moneyOf(625, "GBP") }],
      successUrl: "",
      cancelUrl: "",
      expiresAt: world.clock.now(),
    });
    await world.db.checkout.create({
      data: {
        id: extra.sessionId.slice(3),
        orderId: order.id,
        try: 2,
        sessionId: extra.sessionId,
        state: "open",
        totalMinor: 625,
        currency: "GBP",
        createdAt: world.clock.now(),
      },
    });
    cashier.pay(extra.sessionId);
    await syncOrder(tools(), order.id);
    await settleRefunds(tools(), { orderId: order.id });
    expect([...cashier.refunds.values()]).toEqual([
      { paymentIntentId: `pi_${extra.sessionId}`, sum: moneyOf(625, "GBP") },
    ]);
    expect(cashier.ended).toEqual([`sub_${extra.sessionId}`]);
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({ state: "paid" });
  });

  test("for a name another family bought a moment earlier asks what to do, and nothing is held twice", async () => {
    const first = await paidOrder();
    const { order, key } = await makeOrder(world, { name: first.order.name });
    cashier.pay(sessionOf((await press(key)).url));
    await syncOrder(tools(), order.id);
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({ state: "lost" });
    expect(await world.db.tenant.count({ where: { name: first.order.name ?? "" } })).toBe(1);
  });
});

describe("A name lost after it was paid for", () => {
  async function lostOrder() {
    const paid = await paidOrder();
    await world.db.$transaction(async (tx) => {
      await tx.tenant.updateMany({ where: { orderId: paid.order.id }, data: { want: "gone", holds: null } });
      await loseName(tx, world, paid.order, "taken");
    });
    return paid;
  }

  test("can be replaced by another for the same money", async () => {
    const { order, key } = await lostOrder();
    await chooseAnotherName(tools(), key, `other${order.name}`);
    expect(await world.db.tenant.findUnique({ where: { holds: `other${order.name}` } })).toMatchObject({
      want: "present",
      orderId: order.id,
    });
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({
      state: "paid",
      paidMinor: 625,
    });
  });

  test("comes back to the last penny when the buyer asks, once however often the button is pressed", async () => {
    const { order, key } = await lostOrder();
    await Promise.all([askForMoneyBack(world, key), askForMoneyBack(world, key)]);
    await settleRefunds(tools(), { orderId: order.id });
    await settleRefunds(tools(), { orderId: order.id });
    expect([...cashier.refunds.values()].map((one) => one.sum)).toEqual([moneyOf(625, "GBP")]);
    expect(await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({ state: "refunded" });
    expect(
      await world.db.mail.count({
        where: {
          kind: "refunded",
          cause: { startsWith: "refunded:" },
          values: { path: ["refundId"], string_contains: "ref_" },
        },
      }),
    ).toBeGreaterThan(0);
  });

  test("comes back by itself after three days of silence, not before", async () => {
    const { order } = await lostOrder();
    world.clock.pass(71 * 3600);
    await refundForgottenOrders(world);
    expect(await world.db.refund.count({ where: { orderId: order.id } })).toBe(0);
    world.clock.pass(3600);
    await refundForgottenOrders(world);
    expect(await world.db.refund.findFirst({ where: { orderId: order.id } })).toMatchObject({
      minor: 625,
      state: "wanted",
      askedBy: "nameplate",
    });
  });
});
