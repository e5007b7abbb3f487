import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { minorOf, moneyOf } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import type { Cashier } from "@/lib/billing/ports.ts";
import { readNameYears } from "@/lib/billing/read-name-years.ts";
import { settleChanges } from "@/lib/billing/settle-changes.ts";
import { daysAfter } from "@/lib/clock.ts";
import { openCloudflare } from "@/lib/cloudflare/client.ts";
import { cloudflareRegistrar } from "@/lib/cloudflare/registrar.ts";
import { Unreachable } from "@/lib/errors.ts";
import { answerNameYear } from "@/lib/households/answer-name-year.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { unlessVendor } from "@/lib/testing/unless-vendor.ts";
import { keys as cloudflareKeys, Running as Registry } from "@/sandbox/cloudflare/testing.ts";
import { movableClock, type Running, startStripe } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import { billWorker } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const clock = movableClock();
const world = { ...dbWorld(), clock };
const { db } = world;
const registry = new Registry();
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
  await registryAsks("17.80");
});
afterEach(() => stripe.close());
afterAll(async () => {
  await registry.stop();
  await db.$disconnect();
});

const letter = testLetters(world);
const day = 86_400;
const registryAsks = (renewal: string) =>
  registry.control("PUT", "/extensions/family", { price: { registration: renewal, renewal } });

/** £12.00 for the first year; £18.00 were agreed for later ones, and the price book of today says £21.00. */
const cheapFirst = { nameMonthMinor: 100, nameYearMinor: 1200, renewalYearMinor: 1800, totalMinor: 550 };
const yearly = { period: "year", homeMinor: 4500, nameMonthMinor: 2100, totalMinor: 6600, laterTotalMinor: 6600 };
const quotes = {
  plain: smithQuote,
  cheapFirst: { ...smithQuote, ...cheapFirst },
  yearly: { ...smithQuote, ...yearly },
};

/** A family in its home since a moment ago, and a worker that does what is due. */
async function family(kind: keyof typeof quotes = "plain") {
  const quote = quotes[kind];
  const { nameMonthMinor: name, totalMinor: paidMinor } = quote;
  const period = kind === "yearly" ? "year" : "month";
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord"), period, name });
  const { customerId, subscriptionId, orderId } = bought;
  // By the vendor's clock, as the years count: on a busy machine buying takes more than a second.
  const begun = new Date((await bought.sdk.subscriptions.retrieve(subscriptionId)).start_date * 1000);
  const { order } = await makeOrder(world, {
    ...{ id: orderId, state: "paid", paidAt: begun, paidMinor, paidCurrency: "GBP", quote: { ...quote } },
    ...{ stripeCustomerId: customerId, stripeSubscriptionId: subscriptionId, paymentIntentId: `pi_${orderId}` },
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const who = { userId: world.ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...who, role: "owner", since: begun } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: begun, nextSyncAt: begun } });
  const look = (with_ = worker) => answerBell(with_, { kind: "bill", customerId });
  /** As the sweep does: that a vendor refused goes to the log. */
  const work = async (with_ = worker) => {
    await look(with_);
    for (const part of [() => readNameYears(with_), () => settleChanges(with_, { orderId })])
      await part().catch(unlessVendor);
  };
  /** Time passes from day to day, each counted from when the name's second year begins, with a worker that looks then. */
  const on = async (...days: readonly number[]) => {
    for (const one of days) {
      const at = daysAfter(monthsAfter(begun, 12), one);
      clock.push((at.getTime() - clock.now().getTime()) / 1000);
      await work();
    }
  };
  const years = () => db.nameYear.findMany({ where: { orderId }, orderBy: { year: "asc" } });
  const bill = () => describeBill(world, who);
  await work();
  return { ...bought, order, who, begun, look, work, on, years, bill };
}
type Family = Awaited<ReturnType<typeof family>>;

/** What the vendor's invoices have for the name, oldest first. */
async function partsOf({ sdk, customerId }: Family): Promise<number[]> {
  const { data } = await sdk.invoices.list({ customer: customerId, limit: 100 });
  const products = (await sdk.products.list({ limit: 100 }).autoPagingToArray({ limit: 1000 })).filter(
    ({ metadata }) => metadata["what"] === "name" || metadata["what"] === "rest-of-name",
  );
  const ours = new Set(products.map(({ id }) => id));
  return data
    .toReversed()
    .flatMap(({ lines }) => lines.data)
    .filter(({ pricing }) => ours.has(pricing?.price_details?.product ?? ""))
    .map(({ amount }) => amount);
}
const parts = (n: number, minor: number): number[] => Array.from({ length: n }, () => minor);

const letters = async ({ orderId }: Family) =>
  (await db.mail.findMany({ where: { kind: "name-dearer" }, orderBy: { createdAt: "asc" } })).filter(
    ({ values }) => (values as { orderId?: string }).orderId === orderId,
  );
const codes = async ({ orderId }: Family) => {
  await keepAlerts(world);
  const open = await db.alert.findMany({ where: { orderId, about: "year", open: { not: null } } });
  return open.map(({ code }) => code);
};

/** A look a month until the next year is near: it is read, and nobody is told yet. */
const untilNear = [-300, -240, -180, -120, -61, -59, -47];
/** The days on which anything is due, and those about them. */
const untilBegun = [-46, -44, -16, -15, -13, -4, -2, -1, 1];

describe("The later years of a name", () => {
  test("stand in the same bill at their own price, told twice, over two years", async () => {
    const smith = await family("cheapFirst");
    await smith.on(...untilNear.slice(0, 5));
    expect(await smith.years()).toEqual([]);
    await smith.on(-59, -47);
    expect(await smith.years()).toMatchObject([
      { year: 2, agreedMinor: 1800, beforeMinor: 1200, askedMinor: 2100, dear: false, announcedAt: null },
    ]);
    await smith.on(...untilBegun);
    const told = await letters(smith);
    const begins = monthsAfter(smith.begun, 12).getTime();
    expect(told.map(({ createdAt }) => Math.round((begins - createdAt.getTime()) / 1000 / day))).toEqual([46, 15]);
    expect(await letter("name-dearer", told[0]?.values)).toMatchObject({
      subject: expect.stringMatching(/^\S+\.family costs more from /),
      text: expect.stringContaining("£21.00 a year instead of £12.00. Your bill goes from £5.50 to £6.25 a month."),
    });
    expect(await smith.years()).toMatchObject([{ priceMinor: 2100, writtenAt: expect.any(Date) }]);
    await smith.on(60, 180, 290, 310, 330, 350, 363, 364, 368);
    expect(await partsOf(smith)).toEqual([...parts(12, 100), ...parts(13, 175)]);
    // The third year costs what the second did: nobody hears of it.
    expect(await smith.years()).toMatchObject([{ year: 2 }, { year: 3, agreedMinor: 2100, priceMinor: 2100 }]);
    expect(await letters(smith)).toHaveLength(2);
    expect(minorOf((await smith.bill()).nameYear)).toBe(2100);
    expect(await codes(smith)).toEqual([]);
  });

  test("by the year stand on the invoice that begins them, and cost less where we ask less", async () => {
    const smith = await family("yearly");
    const quote = { ...quotes.yearly, renewalYearMinor: 2400, laterTotalMinor: 6900 };
    await db.order.update({ where: { id: smith.orderId }, data: { quote } });
    const next = async () => (await smith.bill()).ahead?.next.year;
    await smith.on(-200);
    expect(minorOf((await next()) ?? moneyOf(0, "GBP"))).toBe(2400);
    // As soon as it is known, the page says so.
    await smith.on(-59, -47);
    expect(minorOf((await next()) ?? moneyOf(0, "GBP"))).toBe(2100);
    await smith.on(...untilBegun);
    expect(await partsOf(smith)).toEqual([2100, 2100]);
    expect(await letters(smith)).toEqual([]);
  });
});

describe("A year that would cost more than a quarter above what was agreed", () => {
  /** $30.00 are above the book's cap: £34.20 by its rule. £21.00 were agreed, so £26.16 is the most without a yes. */
  async function dear() {
    const smith = await family();
    await registryAsks("30.00");
    await smith.on(...untilNear);
    // What was read counts.
    await registryAsks("17.80");
    await smith.on(-46, -44);
    return smith;
  }
  const asked = { year: 2, answer: "yes" } as const;

  test("costs no more than that without their yes, which they are asked for twice, and a person of ours sees it", async () => {
    const smith = await dear();
    expect(await codes(smith)).toEqual(["year-dear"]);
    const question = (await smith.bill()).ahead?.question;
    expect(question).toMatchObject({ year: 2, answer: null, open: true });
    const sums = [question?.asked, question?.limit].map((one) => one && [minorOf(one.year), minorOf(one.bill)]);
    expect(sums).toEqual([
      [3420, 735],
      [2616, 668],
    ]);
    const [told] = await letters(smith);
    const text = (await letter("name-dearer", told?.values))?.text;
    expect(text).toContain("£34.20 a year instead of £21.00. Your bill would go from £6.25 to £7.35 a month.");
    expect(text).toContain("Without your yes you pay £26.16 for that year, which is £6.68 a month.");
    await smith.on(...untilBegun.slice(2));
    expect(await letters(smith)).toHaveLength(2);
    expect(await codes(smith)).toEqual(["year-unanswered"]);
    await smith.on(32);
    expect(await partsOf(smith)).toEqual([...parts(12, 175), 218, 218]);
    expect(await codes(smith)).toEqual([]);
  });

  test("costs what is asked with their yes, of which the last one counts, in as many windows as they like", async () => {
    const smith = await dear();
    await answerNameYear(world, smith.who, { ...asked, answer: "no" });
    const [told] = await letters(smith);
    const words = async () => (await letter("name-dearer", told?.values))?.text;
    expect(await words()).toContain("You said no to £34.20 a year. So you pay £26.16");
    await Promise.all([1, 2].map(() => answerNameYear(world, smith.who, asked)));
    expect(await words()).toContain("Your bill goes from £6.25 to £7.35 a month");
    await smith.on(...untilBegun.slice(2, -2));
    const late = answerNameYear(world, smith.who, { ...asked, answer: "no" });
    await expect(late).rejects.toMatchObject({ kind: "changed-meanwhile" });
    await smith.on(-1, 1, 32);
    expect(await partsOf(smith)).toEqual([...parts(12, 175), 285, 285]);
  });

  test("is answered by whoever pays, and by nobody who was not asked", async () => {
    const smith = await dear();
    const stranger = { ...smith.who, userId: "usr_stranger" };
    await expect(answerNameYear(world, stranger, asked)).rejects.toMatchObject({ kind: "not-found" });
    const wrong = answerNameYear(world, smith.who, { ...asked, year: 3 });
    await expect(wrong).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await smith.years()).toMatchObject([{ answer: null }]);
  });

  test("is not told to a family that leaves before it begins", async () => {
    const smith = await family();
    await registryAsks("30.00");
    await smith.on(...untilNear.slice(0, -1), -55);
    await changeBill(world, smith.who, { wish: "stop", restLabel: "The rest" });
    await smith.on(-53, -46, -44, -15, -2, 3);
    expect(await letters(smith)).toEqual([]);
    expect(await smith.years()).toMatchObject([{ priceMinor: null, announcedAt: null }]);
  });

  test("is not told to a family whose home rests, which then pays what was agreed", async () => {
    const smith = await family();
    await registryAsks("30.00");
    await smith.on(...untilNear);
    const rest = { restsBecause: "unpaid", restsSince: clock.now() };
    await db.tenant.update({ where: { id: smith.who.tenantId }, data: rest });
    await smith.on(...untilBegun);
    expect(await letters(smith)).toEqual([]);
    expect(await smith.years()).toMatchObject([{ askedMinor: 3420, priceMinor: 2100 }]);
  });
});

describe("What goes wrong", () => {
  /** Until the day before its price stands in the bill: £21.00 instead of £12.00, which is told. */
  async function almost() {
    const smith = await family("cheapFirst");
    await smith.on(...untilNear, ...untilBegun.slice(0, -3));
    return smith;
  }
  /** How often the vendor's line was changed. */
  const changes = async ({ sdk, subscriptionId }: Family) => {
    const events = await sdk.events.list({ type: "customer.subscription.updated", limit: 100 });
    return events.data.filter(({ data: { object, previous_attributes: before } }) => {
      const one = object as { id: string; latest_invoice: string };
      return one.id === subscriptionId && before && "items" in before && !("latest_invoice" in before);
    }).length;
  };

  test.each([
    ["before", 1],
    ["after", 1],
  ])("a worker that is killed %s the vendor hears it leaves it to the next: it is done once", async (when, once) => {
    const smith = await almost();
    const killed: Cashier = {
      ...worker.cashier,
      priceName: async (change) => {
        if (when === "after") await worker.cashier.priceName(change);
        throw new Unreachable("killed", { vendor: "Stripe", call: "subscriptions.update" });
      },
    };
    clock.push(2 * day);
    await smith.work({ ...worker, cashier: killed });
    expect(await smith.years()).toMatchObject([{ priceMinor: 2100, writtenAt: null }]);
    await smith.on(-1);
    expect(await smith.years()).toMatchObject([{ priceMinor: 2100, writtenAt: expect.any(Date) }]);
    expect(await changes(smith)).toBe(once);
    await smith.on(1);
    expect(await partsOf(smith)).toEqual([...parts(12, 100), 175]);
  });

  test("a database that was set back finds what was written, whatever the registry asks now", async () => {
    const smith = await almost();
    await smith.on(-2);
    expect(await smith.years()).toMatchObject([{ priceMinor: 2100, writtenAt: expect.any(Date) }]);
    const { orderId } = smith;
    await db.nameYear.deleteMany({ where: { orderId } });
    await db.billChange.deleteMany({ where: { orderId } });
    await registryAsks("30.00");
    await smith.on(-1, 1, 3, 32);
    expect(await smith.years()).toMatchObject([{ priceMinor: 2100 }]);
    expect(await partsOf(smith)).toEqual([...parts(12, 100), 175, 175]);
  });

  test("a worker that was away asks no more than was agreed, and what is missing is on the last bill, once", async () => {
    const smith = await family("cheapFirst");
    await smith.on(-100, 1, 2, 3);
    // Its first part is drawn at the old price.
    expect(await smith.years()).toMatchObject([{ priceMinor: 1800, announcedAt: null, askedMinor: 2100 }]);
    await smith.on(35);
    expect(await partsOf(smith)).toEqual([...parts(12, 100), 100, 150]);
    await changeBill(world, smith.who, { wish: "stop", restLabel: "The rest of the year" });
    // £18.00 less £1.00 and £1.50.
    await smith.on(36, 64, 65, 66, 80);
    expect(await partsOf(smith)).toEqual([...parts(12, 100), 100, 150, 1550]);
  });

  test("a registrar that refuses is asked again, and without its answer what was agreed counts", async () => {
    const smith = await family("cheapFirst");
    await registry.control("POST", "/faults", { call: "registrar.check", kind: "refuse", times: 1000 });
    await smith.on(...untilNear, ...untilBegun.slice(0, 3));
    expect(await codes(smith)).toEqual(["year-unread"]);
    await smith.on(...untilBegun.slice(3));
    await registry.control("DELETE", "/faults", {});
    expect(await smith.years()).toMatchObject([{ readAt: null, priceMinor: 1800 }]);
    expect(await partsOf(smith)).toEqual([...parts(12, 100), 150]);
  });
});
