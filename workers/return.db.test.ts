import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { minorOf } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { readNameYears } from "@/lib/billing/read-name-years.ts";
import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import { settleChanges } from "@/lib/billing/settle-changes.ts";
import { daysAfter } from "@/lib/clock.ts";
import { openCloudflare } from "@/lib/cloudflare/client.ts";
import { cloudflareRegistrar } from "@/lib/cloudflare/registrar.ts";
import { NameplateError } from "@/lib/errors.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describeReturn } from "@/lib/households/describe-return.ts";
import { describeTurn } from "@/lib/households/describe-turn.ts";
import { describeWithdrawal } from "@/lib/households/describe-withdrawal.ts";
import { type StartReturn, startReturn } from "@/lib/households/start-return.ts";
import { withdraw } from "@/lib/households/withdraw.ts";
import { findLostPayments } from "@/lib/orders/find-lost-payments.ts";
import { stripeCheckoutDesk } from "@/lib/stripe/checkout-desk.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { freeBook } from "@/lib/testing/books.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { unlessVendor } from "@/lib/testing/unless-vendor.ts";
import { keys as cloudflareKeys, Running as Registry } from "@/sandbox/cloudflare/testing.ts";
import { keys, movableClock, type Running, startStripe, submit } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import { billWorker } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const clock = movableClock();
const world = { ...dbWorld(), clock };
const { db } = world;
const registry = new Registry();
const letter = testLetters(world);
let stripe: Running;
let worker: WorkerTools;
const today = clock.now();
beforeAll(() => registry.start());
beforeEach(async () => {
  // Each begins today: the cards of these tests end a dozen years from it.
  clock.push((today.getTime() - clock.now().getTime()) / 1000);
  stripe = await startStripe({}, clock);
  const { token, account: accountId } = cloudflareKeys;
  const registrar = cloudflareRegistrar(openCloudflare({ token, accountId, url: registry.url }));
  worker = { ...billWorker(world, stripe), registrar };
});
afterEach(() => stripe.close());
afterAll(async () => {
  await registry.stop();
  await db.$disconnect();
});

const hour = 3600;
const goodCard = "4242424242424242";
const restLabel = "The rest of the year of smith.family";
const yearly = { period: "year", homeMinor: 4500, nameMonthMinor: 2100, totalMinor: 6600, laterTotalMinor: 6600 };

/** A family in its home, seen from outside, with its bill copied. */
async function family(period: "month" | "year" = "month") {
  const quote = period === "year" ? { ...smithQuote, ...yearly } : smithQuote;
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord"), period });
  const { customerId, subscriptionId, orderId, sdk } = bought;
  const [charge] = await bought.charges();
  const begun = clock.now();
  const { order } = await makeOrder(world, {
    ...{
      id: orderId,
      state: "paid",
      checkoutTry: 1,
      paidAt: begun,
      paidMinor: quote.totalMinor,
      paidCurrency: "GBP",
      quote,
    },
    ...{ stripeCustomerId: customerId, stripeSubscriptionId: subscriptionId },
    paymentIntentId: String(charge?.payment_intent),
  });
  const [session] = (await sdk.checkout.sessions.list({ subscription: subscriptionId })).data;
  const paid = { try: 1, state: "paid", totalMinor: quote.totalMinor, currency: "GBP", createdAt: begun };
  await db.checkout.create({ data: { ...paid, id: `vis_${orderId}`, orderId, sessionId: session?.id ?? "" } });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: begun } });
  const who = { userId: world.ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...who, role: "owner", since: begun } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: begun, nextSyncAt: begun } });
  const work = async (rounds = 2) => {
    for (let round = 0; round < rounds; round++) {
      await answerBell(worker, { kind: "order", orderId });
      await answerBell(worker, { kind: "bill", customerId });
      await readNameYears(worker);
      await settleChanges(worker, { orderId });
    }
  };
  /** From day to day, each counted from the first payment, with a worker that looks then. */
  const on = async (...days: readonly number[]) => {
    for (const one of days) {
      clock.push((daysAfter(begun, one).getTime() - clock.now().getTime()) / 1000);
      await work();
    }
  };
  const rests = async () => (await db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).restsBecause;
  const visits = () => db.checkout.findMany({ where: { orderId, try: { gt: 1 } }, orderBy: { try: "asc" } });
  const charged = async () => {
    const { data } = await sdk.invoices.list({ customer: customerId, limit: 100 });
    return data.toReversed().map(({ amount_paid: paid }) => paid);
  };
  await work();
  return { ...bought, order, begun, who, work, on, rests, visits, charged, bill: () => describeBill(world, who) };
}
type Family = Awaited<ReturnType<typeof family>>;

/** It closes its home, and its last bill is charged an hour later. */
async function closed(smith: Family): Promise<void> {
  await changeBill(world, smith.who, { wish: "stop-now", restLabel });
  await smith.work();
  clock.push(2 * hour);
  await smith.work();
}

const tools = () => ({ ...world, desk: stripeCheckoutDesk(openStripe(keys.web, stripe.at(""))) });

/** The button that costs money: the address of the payment page. */
async function press({ who }: Family, differs: Partial<StartReturn> = {}, book?: PriceBook) {
  const { offer } = await describeReturn(world, who, differs.period, book);
  const input: StartReturn = {
    ...{ seen: offer?.seen ?? "", consent: true, consentText: "Begin now" },
    label: async (what) => (what === "home" ? "Your home on Matrix" : "The name smith.family"),
    urls: { success: "http://shop.example/home", cancel: "http://shop.example/home" },
    ...differs,
  };
  return (await startReturn(tools(), who, input, book)).url;
}
const payAt = async (url: string) => {
  const answer = await submit(stripe, url.split("/").at(-1) ?? "", goodCard);
  if (answer.status !== 303) throw new Error(`Not paid: ${answer.status}`);
};
async function comeBack(smith: Family, differs: Partial<StartReturn> = {}): Promise<void> {
  await payAt(await press(smith, differs));
  await smith.work();
}

describe("A family whose bill has ended", () => {
  test("opens its home again by a payment, which has nothing of a year of the name that is paid", async () => {
    const smith = await family();
    await closed(smith);
    expect(await smith.rests()).toBe("ended");
    const { offer, whyNot } = await describeReturn(world, smith.who);
    expect(whyNot).toBeNull();
    expect(offer?.lines.map(({ what, sum }) => [what, minorOf(sum)])).toEqual([
      ["home", 450],
      ["name", 0],
    ]);
    expect(offer?.namePaidUntil?.toISOString().slice(0, 10)).toBe(
      monthsAfter(smith.begun, 12).toISOString().slice(0, 10),
    );
    expect(offer && [offer.today, offer.nameYear, offer.withName].map(minorOf)).toEqual([450, 2100, 625]);
    await comeBack(smith);
    expect(await smith.rests()).toBeNull();
    expect(await smith.bill()).toMatchObject({ rests: null, ending: { state: "runs" }, ahead: { isPaid: true } });
    // One customer, whom the vendor knew.
    const { data } = await smith.sdk.subscriptions.list({ customer: smith.customerId, status: "all" });
    expect(data.map(({ status }) => status)).toEqual(["active", "canceled"]);
    expect(data[0]?.metadata).toMatchObject({ orderId: smith.orderId, purpose: "return" });
    expect(await smith.charged()).toEqual([625, 1925, 450]);
    const told = await db.mail.findFirstOrThrow({
      where: { kind: "returned", values: { path: ["orderId"], equals: smith.orderId } },
    });
    const { subject, text } = (await letter(told.kind, told.values)) ?? {};
    expect(subject).toBe("Your home is open again");
    expect(text).toContain("Visa ending 4242: £4.50.");
    expect(text).toMatch(/is paid until .*From then on it costs £21.00 a year/s);
    expect(text).toContain("Your next bill is £4.50 on");
  });

  test("stays closed where a code takes the whole first bill, is told so, and may pay without it", async () => {
    const smith = await family();
    await closed(smith);
    const url = await press(smith);
    const { id: coupon } = await smith.sdk.coupons.create({ percent_off: 100, duration: "once" });
    const { code } = await smith.sdk.promotionCodes.create({ promotion: { type: "coupon", coupon } });
    await fetch(`${url}/code`, { method: "POST", body: new URLSearchParams({ code }) });
    await payAt(url);
    await smith.work();
    expect(await smith.rests()).toBe("ended");
    expect(await describeReturn(world, smith.who)).toMatchObject({ paying: "turned-away", whyNot: null });
    expect((await smith.bill()).past.map(({ sum }) => minorOf(sum))).toEqual([1925, 625]);
    const { data } = await smith.sdk.subscriptions.list({ customer: smith.customerId, status: "all" });
    expect(data.map(({ status }) => status)).toEqual(["canceled", "canceled"]);
    await comeBack(smith);
    expect(await smith.rests()).toBeNull();
  });

  test("pays for the name's next year from when it begins, to the penny, and no year twice however often it goes and comes", async () => {
    const smith = await family();
    // Ten days apart: the bills of each return begin on days of their own.
    for (const days of [40, 140]) {
      await smith.on(days);
      await closed(smith);
      await smith.on(days + 10);
      await comeBack(smith);
    }
    await smith.on(200, 290, 306, 340, 362, 364, 380, 420, 460, 520);
    const year2 = monthsAfter(smith.begun, 12);
    const names = await db.invoiceLine.findMany({
      where: { what: { in: ["name", "rest-of-name"] }, minor: { not: 0 }, invoice: { customerId: smith.customerId } },
    });
    const of = (year: 1 | 2) => names.filter(({ fromAt }) => fromAt < year2 === (year === 1)).map(({ minor }) => minor);
    expect(of(1).reduce((a, b) => a + b, 0)).toBe(2100);
    expect(new Set(of(2))).toEqual(new Set([175]));
    await closed(smith);
    await smith.on(530);
    const { left, ending } = await smith.bill();
    expect(left).toBeNull();
    expect(ending && minorOf(ending.rest)).toBe(0);
    const all = await db.invoiceLine.findMany({
      where: { what: { in: ["name", "rest-of-name"] }, invoice: { customerId: smith.customerId } },
    });
    expect(all.map(({ minor }) => minor).reduce((a, b) => a + b, 0)).toBe(4200);
    // Two years of looks at two bills that end, beside everything else that is tested.
  }, 120_000);

  test("pays no part of the name's next year with a bill that is drawn in the last days of the one that is paid", async () => {
    const smith = await family();
    await closed(smith);
    const year2 = monthsAfter(smith.begun, 12);
    // A month and two days before: a bill comes two days before the year begins, when its price is fixed already.
    const back = daysAfter(monthsAfter(smith.begun, 11), -2);
    const days = (at: Date) => (at.getTime() - smith.begun.getTime()) / 86_400_000;
    await smith.on(days(back));
    await comeBack(smith);
    const begins = days(year2);
    await smith.on(...[-20, -10, -4, -2.9, -2.5, -1, 1, 20, 28.5, 40].map((one) => begins + one));
    const named = await db.invoiceLine.findMany({
      where: { what: "name", invoice: { customerId: smith.customerId } },
      orderBy: { fromAt: "asc" },
    });
    expect(named.map(({ minor }) => minor)).toEqual([175, 0, 0, 175]);
    expect(named[2] && named[2].fromAt < year2).toBe(true);
  });

  test("is asked for the rest of a year that it paid in parts by the month, and came back to by the year", async () => {
    const smith = await family();
    // The vendor gives it up; nothing is owed, and nobody asked for the rest of the name's year.
    await smith.sdk.subscriptions.cancel(smith.subscriptionId);
    await smith.work();
    const { offer } = await describeReturn(world, smith.who, "year");
    expect(offer && [offer.today, offer.withName].map(minorOf)).toEqual([6600, 6600]);
    expect(offer?.namePaidUntil).toBeNull();
  });

  test("cannot while its last bill is not charged, and then without paying for the name twice", async () => {
    const smith = await family();
    await changeBill(world, smith.who, { wish: "stop-now", restLabel });
    await smith.work();
    expect((await describeReturn(world, smith.who)).whyNot).toBe("settling");
    await expect(press(smith)).rejects.toMatchObject({ say: { key: "family.return.errors.changed" } });
    clock.push(2 * hour);
    await smith.work();
    expect((await describeReturn(world, smith.who)).whyNot).toBeNull();
  });

  test("cannot while its bill runs, without the tick, beside other sums, or for a stranger", async () => {
    const smith = await family();
    await expect(press(smith)).rejects.toMatchObject({ say: { key: "family.return.errors.changed" } });
    await closed(smith);
    await expect(press(smith, { consent: false })).rejects.toMatchObject({ kind: "bad-input" });
    await expect(press(smith, { seen: "other" })).rejects.toMatchObject({ say: { key: "family.return.errors.price" } });
    const stranger = { ...smith, who: { ...smith.who, userId: "usr_stranger" } };
    await expect(press(stranger)).rejects.toMatchObject({ kind: "not-found" });
    expect(await smith.visits()).toEqual([]);
  });

  test("is not ended by what it wished of the earlier bill, and may stop the new one and withdraw from it", async () => {
    const smith = await family();
    await closed(smith);
    await comeBack(smith);
    await smith.on(1, 5);
    expect(await smith.bill()).toMatchObject({ ending: { state: "runs" }, rests: null });
    expect(await describeWithdrawal(world, smith.who)).toMatchObject({ state: "open" });
    await withdraw(world, smith.who, restLabel);
    await smith.on(9);
    // £4.50 less a day's use; nothing is owed, for the name's year is paid.
    const back = await db.refund.findMany({ where: { orderId: smith.orderId } });
    expect(back).toMatchObject([{ cause: "withdrawn", state: "done", minor: 450 - 5 * 15 }]);
    expect(await smith.rests()).toBe("ended");
    expect(await smith.charged()).toEqual([625, 1925, 450]);
    // And comes back once more.
    await comeBack(smith);
    expect(await smith.rests()).toBeNull();
    expect(await describeWithdrawal(world, smith.who)).toMatchObject({ state: "open" });
  });

  test("may pay by the other period, and turns no period in the middle of one", async () => {
    const smith = await family();
    await closed(smith);
    const { other } = await describeReturn(world, smith.who);
    expect(other && [other.period, minorOf(other.total)]).toEqual(["year", 4500]);
    await smith.on(20);
    await comeBack(smith, { period: "year" });
    expect((await smith.bill()).quote.period).toBe("year");
    expect((await smith.charged()).at(-1)).toBe(4500);
    expect((await describeTurn(world, smith.who)).other).toBeNull();
    // The bill of the second year has the name's second year in it, once.
    await smith.on(200, 310, 330, 350, 362, 364, 366, 380, 386);
    expect((await smith.charged()).at(-1)).toBe(6600);
  });

  test("that paid by the year has paid for the name, and pays for its next year with the bill after", async () => {
    const smith = await family("year");
    await smith.on(30);
    await closed(smith);
    await smith.on(60);
    await comeBack(smith);
    expect(await smith.charged()).toEqual([6600, 4500]);
    await smith.on(200, 310, 330, 350, 362, 364, 366, 390, 420, 430);
    expect(await smith.charged()).toEqual([6600, 4500, 6600]);
  });

  test("comes back in a later year of the name, and pays for that in parts from then on", async () => {
    const smith = await family();
    await closed(smith);
    await smith.on(400);
    const { offer } = await describeReturn(world, smith.who);
    expect(offer).toMatchObject({ namePaidUntil: null });
    expect(offer && minorOf(offer.today)).toBe(625);
    await comeBack(smith);
    await smith.on(402, 404);
    await closed(smith);
    // One part of the second year was paid: the rest of it is on the last bill.
    expect(await smith.charged()).toEqual([625, 1925, 625, 1925]);
  });

  test("is paid from what the vendor holds for it first", async () => {
    const smith = await family();
    await closed(smith);
    await smith.sdk.customers.createBalanceTransaction(smith.customerId, { amount: -200, currency: "gbp" });
    await smith.work();
    const { offer } = await describeReturn(world, smith.who);
    expect(offer && [offer.held, offer.today].map(minorOf)).toEqual([200, 250]);
    await comeBack(smith);
    expect(await smith.rests()).toBeNull();
    expect((await smith.charged()).at(-1)).toBe(250);
  });

  test("opens it at once where nothing costs anything any more, without the vendor", async () => {
    const smith = await family();
    await closed(smith);
    const { charged } = smith;
    const before = await charged();
    await press(smith, { consent: false }, freeBook);
    expect(await smith.rests()).toBeNull();
    await smith.work();
    expect(await smith.rests()).toBeNull();
    expect(await smith.bill()).toMatchObject({ next: null, ending: null, rests: null });
    expect(await charged()).toEqual(before);
  });
});

describe("A payment of a family that comes back", () => {
  test("in two tabs, both paid, opens the home by one, and the other goes back whole", async () => {
    const smith = await family();
    await closed(smith);
    const first = await press(smith);
    await payAt(first);
    // Its page is ended before the second opens: that it was paid is found there.
    await expect(press(smith)).rejects.toMatchObject({ say: { key: "pay.alreadyPaid" } });
    // A second session as an earlier release, or a race with the vendor, might leave one.
    const visit = (await smith.visits())[0];
    const other = await tools().desk.open({
      ...{ checkoutId: "vis_other", orderId: smith.orderId, email: "", returning: { customerId: smith.customerId } },
      lines: [{ what: "home", label: "Your home on Matrix", sum: { minor: 450, currency: "GBP" } as never }],
      ...{ period: "month", tax: "inclusive", successUrl: "http://shop.example", cancelUrl: "http://shop.example" },
      expiresAt: new Date(clock.now().getTime() + 3_600_000),
    });
    await payAt(other.url);
    await db.cursor.deleteMany();
    await findLostPayments(worker);
    await smith.work(4);
    expect((await smith.visits()).map(({ id, state }) => [id, state])).toEqual([
      [visit?.id, "paid"],
      ["vis_other", "paid-twice"],
    ]);
    expect(await db.refund.findMany({ where: { orderId: smith.orderId } })).toMatchObject([
      { state: "done", minor: 450 },
    ]);
    expect(await smith.bill()).toMatchObject({ ending: { state: "runs" }, rests: null });
  });

  test.each([
    [
      "home was given back",
      (smith: Family) => db.tenant.update({ where: { id: smith.who.tenantId }, data: { want: "gone" } }),
    ],
    [
      "name ran out",
      (smith: Family) =>
        db.stepState.create({
          data: {
            ...{ tenantId: smith.who.tenantId, step: "domain", want: "present", state: "settled", fence: 1 },
            ...{ lookedAt: clock.now(), changedAt: clock.now() },
            facts: { registeredUntil: clock.now().toISOString(), autoRenew: false },
          },
        }),
    ],
    [
      "name left with them",
      ({ who }: Family) => db.tenant.update({ where: { id: who.tenantId }, data: { nameLeftAt: clock.now() } }),
    ],
  ])("that came after the %s goes back whole, and its bill ends", async (_, lose) => {
    const smith = await family();
    await closed(smith);
    const url = await press(smith);
    await lose(smith);
    await payAt(url);
    await smith.work(4);
    expect(await smith.visits()).toMatchObject([{ state: "came-late", paidMinor: 450 }]);
    expect(await db.refund.findMany({ where: { orderId: smith.orderId } })).toMatchObject([
      { state: "done", minor: 450 },
    ]);
    const { data } = await smith.sdk.subscriptions.list({ customer: smith.customerId, status: "active" });
    expect(data).toEqual([]);
    expect(await smith.rests()).toBe("ended");
    // Nobody else of them is led to pay either.
    await expect(press(smith)).rejects.toBeInstanceOf(NameplateError);
  });

  test.each(["checkout.sessions.retrieve", "subscriptions.list", "invoices.list", "charges.list"])(
    "is taken once though a worker ends before or after %s",
    async (call) => {
      const smith = await family();
      await closed(smith);
      await payAt(await press(smith));
      for (const kind of ["500-before", "500-after"]) {
        // The vendor's client asks again by itself, twice.
        await stripe.tell("/faults", { call, kind, times: 3 });
        await smith.work(1).catch(unlessVendor);
      }
      await smith.work(3);
      expect(await smith.rests()).toBeNull();
      expect(await smith.visits()).toMatchObject([{ state: "paid", paidMinor: 450 }]);
      expect(await smith.charged()).toEqual([625, 1925, 450]);
      expect(
        await db.mail.count({ where: { kind: "returned", values: { path: ["orderId"], equals: smith.orderId } } }),
      ).toBe(1);
    },
  );

  test("is found though the answer that told us of its page was lost, and whoever presses again pays once", async () => {
    const smith = await family();
    await closed(smith);
    await stripe.tell("/faults", { call: "checkout.sessions.create", kind: "500-after", times: 1 });
    await expect(press(smith)).rejects.toThrow("planned in the sandbox");
    const [lost] = (await smith.sdk.checkout.sessions.list({ customer: smith.customerId, status: "open" })).data;
    const again = await press(smith);
    await payAt(lost?.url ?? "");
    await payAt(again);
    await db.cursor.deleteMany();
    await findLostPayments(worker);
    await smith.work(4);
    expect(await smith.rests()).toBeNull();
    expect((await smith.visits()).map(({ state }) => state).toSorted()).toEqual(["paid", "paid-twice"]);
    expect(await db.refund.findMany({ where: { orderId: smith.orderId } })).toMatchObject([
      { state: "done", minor: 450 },
    ]);
  });

  test("is found by a database that was set back to before it, be it before they came or before they went", async () => {
    for (const to of ["closed", "open"] as const) {
      const smith = await family();
      const order = await db.order.findUniqueOrThrow({ where: { id: smith.orderId } });
      await closed(smith);
      await comeBack(smith);
      await smith.on(3);
      await db.checkout.deleteMany({ where: { orderId: smith.orderId, purpose: "return" } });
      await db.mail.deleteMany({ where: { kind: "returned" } });
      await db.order.update({ where: { id: smith.orderId }, data: { checkoutTry: 1, quote: order.quote ?? {} } });
      const rests = to === "closed" ? { restsBecause: "ended", restsSince: clock.now() } : {};
      await db.tenant.update({ where: { id: smith.who.tenantId }, data: rests });
      if (to === "open") await db.billChange.deleteMany({ where: { orderId: smith.orderId } });
      await db.cursor.deleteMany();
      await findLostPayments(worker);
      await smith.work(3);
      expect(await smith.visits()).toMatchObject([{ purpose: "return", state: "paid" }]);
      expect(await smith.rests()).toBeNull();
      expect(await db.refund.count({ where: { orderId: smith.orderId } })).toBe(0);
      expect(await smith.charged()).toEqual([625, 1925, 450]);
      expect(await smith.bill()).toMatchObject({ ending: { state: "runs" } });
    }
  });

  test("that went back is not taken by a database that was set back to before it", async () => {
    const smith = await family();
    await closed(smith);
    const url = await press(smith);
    await db.tenant.update({ where: { id: smith.who.tenantId }, data: { want: "gone" } });
    await payAt(url);
    await smith.work(4);
    await db.refund.deleteMany({ where: { orderId: smith.orderId } });
    await db.checkout.deleteMany({ where: { orderId: smith.orderId, purpose: "return" } });
    await db.tenant.update({ where: { id: smith.who.tenantId }, data: { want: "present" } });
    await db.cursor.deleteMany();
    await findLostPayments(worker);
    await smith.work(4);
    const { data } = await smith.sdk.refunds.list();
    expect(data).toHaveLength(1);
    expect(await db.refund.findMany({ where: { orderId: smith.orderId } })).toMatchObject([{ state: "done" }]);
    expect(await smith.rests()).toBe("ended");
  });
});
