import { describe, expect, test } from "vitest";
import { knowCustomer } from "@/lib/billing/know-customer.ts";
import { knownBill } from "@/lib/billing/known-bill.ts";
import { minorOf } from "@/lib/billing/money.ts";
import { owed, readBill } from "@/lib/billing/read-bill.ts";
import { restOrWake } from "@/lib/billing/rest-or-wake.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { openCardPage } from "@/lib/households/open-card-page.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { tryDeadAgain } from "@/lib/staff/try-dead-again.ts";
import { stripeCheckoutDesk } from "@/lib/stripe/checkout-desk.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { keys, monthAndBill } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import { billTests } from "./test-bills.ts";

const { clock, world, db, stripe, worker } = await billTests();

const letter = testLetters(world);
const day = 86_400;
const label = { restLabel: "The rest of the year of smith.family" };

/** A family in its home, with its bill copied once. */
async function family(card?: string) {
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord"), ...(card ? { card } : {}) });
  const { customerId, subscriptionId, orderId } = bought;
  const paid = { paidAt: clock.now(), paidMinor: 625, paidCurrency: "GBP", paymentIntentId: `pi_${orderId}` };
  const { order } = await makeOrder(world, {
    ...paid,
    id: orderId,
    state: "paid",
    stripeCustomerId: customerId,
    stripeSubscriptionId: subscriptionId,
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const userId = world.ids.id("usr");
  await db.membership.create({ data: { userId, tenantId, role: "owner", since: clock.now() } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: clock.now(), nextSyncAt: clock.now() } });
  const look = () => answerBell(worker, { kind: "bill", customerId });
  const work = async () => {
    await answerBell(worker, { kind: "order", orderId });
    await look();
    await answerBell(worker, { kind: "order", orderId });
    await look();
  };
  await look();
  const who = { userId, tenantId };
  return { ...bought, who, look, work, bill: () => describeBill(world, who) };
}
type Family = Awaited<ReturnType<typeof family>>;

async function nextMonth({ look }: Family) {
  clock.push(monthAndBill);
  await look();
}
const makeRefundRow = (orderId: string, subscriptionId: string, paymentIntentId: string) =>
  db.refund.create({
    data: {
      ...{ id: world.ids.id("ref"), orderId, cause: `paid-twice:${subscriptionId}`, subscriptionId, paymentIntentId },
      ...{ minor: 625, currency: "GBP", state: "wanted", askedBy: "nameplate", createdAt: clock.now() },
    },
  });
const mails = async ({ orderId }: Family) =>
  (await db.mail.findMany({ orderBy: { createdAt: "asc" } }))
    .filter(({ values }) => (values as { orderId?: string }).orderId === orderId)
    .map(({ kind }) => kind);

describe("The bill's page", () => {
  test("shows each invoice there was, and the sum of the next one", async () => {
    const smith = await family();
    await nextMonth(smith);
    const bill = await smith.bill();
    expect(bill.past.map(({ what, sum }) => [what, minorOf(sum)])).toEqual([
      ["usual", 625],
      ["first", 625],
    ]);
    expect(bill).toMatchObject({ partsPaid: 2, owed: null, ending: { state: "runs" } });
    expect(bill.lines.map(({ what, sum }) => [what, minorOf(sum)])).toEqual([
      ["home", 450],
      ["name", 175],
    ]);
    expect(bill.next && minorOf(bill.next.sum)).toBe(625);
    // Ten parts of £1.75 are not paid yet.
    expect(bill.ending && minorOf(bill.ending.rest)).toBe(1750);
  });

  test("leads to a page for another card, of this home's payer alone", async () => {
    const smith = await family();
    const tools = { ...world, desk: stripeCheckoutDesk(openStripe(keys.web, stripe.at(""))) };
    expect(await openCardPage(tools, smith.who, "https://nameplate.test/home/x/bill")).toMatch(/^http.*\/p\/session\//);
    const stranger = { ...smith.who, userId: "usr_stranger" };
    await expect(openCardPage(tools, stranger, "https://nameplate.test/")).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("A family that stops", () => {
  test("keeps its home until what is paid for ends, then gets one last bill with the rest of the name's year", async () => {
    const smith = await family();
    await nextMonth(smith);
    await changeBill(world, smith.who, { wish: "stop", ...label });
    expect((await smith.bill()).ending?.state).toBe("wanted");
    await answerBell(worker, { kind: "order", orderId: smith.orderId });
    // The vendor has it, and our copy not yet.
    expect((await smith.bill()).ending?.state).toBe("wanted");
    const early = await db.mail.findFirstOrThrow({
      where: { cause: { startsWith: "stopped:" }, values: { path: ["orderId"], equals: smith.orderId } },
      orderBy: { createdAt: "desc" },
    });
    expect(await letter(early.kind, early.values)).toMatchObject({
      subject: expect.stringMatching(/^Your home closes on/),
      text: expect.stringContaining("£17.50"),
    });
    await smith.work();
    expect(await smith.bill()).toMatchObject({ ending: { state: "stops" }, next: null });
    const { left } = await smith.bill();
    expect(left && minorOf(left)).toBe(1750);
    expect(await mails(smith)).toEqual(["stopped"]);
    clock.push(32 * day);
    for (let looks = 0; looks < 3; looks++) await smith.work();
    // An hour after it was drawn the vendor charges it.
    clock.push(2 * 3600);
    await smith.work();
    const { ending, past } = await smith.bill();
    expect(ending?.state).toBe("over");
    expect(past.map(({ what, sum, unpaid }) => [what, minorOf(sum), unpaid])).toEqual([
      ["last", 1750, false],
      ["usual", 625, false],
      ["first", 625, false],
    ]);
    // With it the whole of the name's year is paid, to the penny.
    expect(past[0] && 1750 + 2 * 175).toBe(minorOf((await smith.bill()).nameYear));
    expect(ending && minorOf(ending.rest)).toBe(0);
    expect((await smith.bill()).left).toBeNull();
  });

  test("has a home that rests from the day on which its bill ended, and not before", async () => {
    const smith = await family();
    await settled(smith);
    await changeBill(world, smith.who, { wish: "stop", ...label });
    await smith.work();
    expect(await rests(smith)).toBeNull();
    clock.push(32 * day);
    await smith.look();
    expect(await rests(smith)).toBe("ended");
    expect(await smith.bill()).toMatchObject({ rests: "ended", ending: { state: "over" } });
    // A bill that runs again wakes it.
    await db.subscription.updateMany({ where: { customerId: smith.customerId }, data: { endedAt: null } });
    await decideRest(smith);
    expect(await rests(smith)).toBeNull();
  });

  test("pays nothing more for a month that a coupon made less", async () => {
    const smith = await family();
    const { id: coupon } = await smith.sdk.coupons.create({ percent_off: 50, duration: "once" });
    await smith.sdk.subscriptions.update(smith.subscriptionId, { discounts: [{ coupon }] });
    await nextMonth(smith);
    const { ending } = await smith.bill();
    // Ten whole parts are left, as without a coupon.
    expect(ending && minorOf(ending.rest)).toBe(1750);
  });

  test("is owed nothing for a part that was raised by hand and made less by a coupon", async () => {
    const smith = await family();
    const { items } = await smith.sdk.subscriptions.retrieve(smith.subscriptionId);
    const name = items.data.find(({ price }) => price.unit_amount === 175);
    const price_data = {
      ...{ currency: "gbp", product: String(name?.price.product), unit_amount: 200 },
      recurring: { interval: "month" },
    } as const;
    const { id: coupon } = await smith.sdk.coupons.create({ percent_off: 50, duration: "once" });
    await smith.sdk.subscriptions.update(smith.subscriptionId, {
      ...{ items: [{ id: name?.id ?? "", price_data }], proration_behavior: "none", discounts: [{ coupon }] },
    });
    await nextMonth(smith);
    const { ending } = await smith.bill();
    // £21.00 less £1.75 and the £2.00 that were asked, of which half was given.
    expect(ending && minorOf(ending.rest)).toBe(1725);
  });

  test("may think better of it, as often as it likes, and goes on as if nothing had been", async () => {
    const smith = await family();
    for (const wish of ["stop", "stop", "keep", "stop", "keep"] as const)
      await changeBill(world, smith.who, { wish, ...label });
    await smith.work();
    expect((await smith.bill()).ending?.state).toBe("runs");
    await changeBill(world, smith.who, { wish: "stop", ...label });
    await smith.work();
    await changeBill(world, smith.who, { wish: "keep", ...label });
    await smith.work();
    await nextMonth(smith);
    expect(await smith.bill()).toMatchObject({
      ending: { state: "runs" },
      past: [{ what: "usual" }, { what: "first" }],
    });
  });

  test("and had paid twice, in two tabs, gets one last bill, with nothing of the payment that went back", async () => {
    const smith = await family();
    const second = await stripeFamily(stripe, clock, { orderId: smith.orderId });
    await knowCustomer(db, world, second);
    const [charge] = await second.charges();
    await makeRefundRow(smith.orderId, second.subscriptionId, String(charge?.payment_intent));
    await smith.work();
    await answerBell(worker, { kind: "bill", customerId: second.customerId });
    await changeBill(world, smith.who, { wish: "stop", ...label });
    await smith.work();
    clock.push(32 * day);
    for (let looks = 0; looks < 2; looks++) await smith.work();
    await answerBell(worker, { kind: "bill", customerId: second.customerId });
    await smith.work();
    const drawn = await db.billChange.findMany({ where: { orderId: smith.orderId, kind: "last-bill" } });
    expect(drawn.map(({ terms }) => terms)).toMatchObject([{ lines: [{ what: "rest-of-name", minor: 1925 }] }]);
  });

  test("may close it today: it ends at once, the rest of the name's year is drawn once, and a letter says so", async () => {
    const smith = await family();
    await nextMonth(smith);
    const { ending } = await smith.bill();
    expect(ending && minorOf(ending.restToday)).toBe(1750);
    for (let presses = 0; presses < 2; presses++) await changeBill(world, smith.who, { wish: "stop-now", ...label });
    await smith.work();
    clock.push(2 * 3600);
    for (let looks = 0; looks < 2; looks++) await smith.work();
    const bill = await smith.bill();
    expect(bill).toMatchObject({ next: null, ending: { state: "over" }, left: null });
    expect(bill.past.map(({ what, sum }) => [what, minorOf(sum)])).toEqual([
      ["last", 1750],
      ["usual", 625],
      ["first", 625],
    ]);
    const changes = await db.billChange.findMany({ where: { orderId: smith.orderId, kind: "stop-now" } });
    const letters = await db.mail.findMany({ where: { cause: { in: changes.map(({ id }) => `stopped:${id}`) } } });
    expect(letters.map(({ kind }) => kind)).toEqual(["closed"]);
    expect((await letter("closed", letters[0]?.values))?.text).toContain("Your last bill is £17.50");
  });

  /** A minute after its next bill was begun, which is a draft for an hour. */
  async function withDraft() {
    const smith = await family();
    const { items } = await smith.sdk.subscriptions.retrieve(smith.subscriptionId);
    clock.push((items.data[0]?.current_period_end ?? 0) - clock.now().getTime() / 1000 + 60);
    await smith.look();
    const draft = await db.invoice.findFirstOrThrow({ where: { customerId: smith.customerId, status: "draft" } });
    const wait = async (hours: number): Promise<void> => {
      clock.push(hours * 3600);
      for (let looks = 0; looks < 2; looks++) await smith.work();
    };
    const drawn = async () =>
      (await db.billChange.findMany({ where: { orderId: smith.orderId, kind: "last-bill" } })).map(
        ({ terms }) => terms,
      );
    return { ...smith, draft, wait, drawn };
  }

  test("may close it while its next bill is a draft, and is asked for that month's part of the name once", async () => {
    const smith = await withDraft();
    await changeBill(world, smith.who, { wish: "stop-now", ...label });
    await smith.work();
    expect(await smith.drawn()).toEqual([]);
    await smith.wait(2);
    await smith.wait(2);
    const { past } = await smith.bill();
    expect(past.map(({ what, sum }) => [what, minorOf(sum)])).toEqual([
      ["last", 1750],
      ["usual", 625],
      ["first", 625],
    ]);
  });

  test("is asked for the rest of the year a day later where that draft never becomes a bill", async () => {
    const smith = await withDraft();
    await smith.sdk.invoices.update(smith.draft.id, { auto_advance: false });
    await changeBill(world, smith.who, { wish: "stop-now", ...label });
    await smith.work();
    await smith.wait(22);
    expect(await smith.drawn()).toEqual([]);
    await smith.wait(3);
    expect(await smith.drawn()).toMatchObject([{ lines: [{ what: "rest-of-name", minor: 1925 }] }]);
  });

  test("may close it today though it stops later already", async () => {
    const smith = await family();
    await changeBill(world, smith.who, { wish: "stop", ...label });
    await smith.work();
    await changeBill(world, smith.who, { wish: "stop-now", ...label });
    await smith.work();
    expect((await smith.bill()).ending?.state).toBe("over");
  });

  test("in two windows at once wants it once, and a stranger cannot want it", async () => {
    const smith = await family();
    await Promise.all([1, 2, 3].map(() => changeBill(world, smith.who, { wish: "stop", ...label })));
    expect(await db.billChange.count({ where: { orderId: smith.orderId } })).toBe(1);
    const stranger = { ...smith.who, userId: "usr_stranger" };
    await expect(changeBill(world, stranger, { wish: "stop", ...label })).rejects.toMatchObject({ kind: "not-found" });
  });

  test("is told when a person has to do it, and staff may begin it anew", async () => {
    const smith = await family();
    await changeBill(world, smith.who, { wish: "stop", ...label });
    await stripe.tell("/faults", { call: "subscriptions.update", kind: "refuse", times: 1 });
    await smith.work();
    expect((await smith.bill()).ending?.state).toBe("held");
    await keepAlerts(world);
    const alert = await db.alert.findFirstOrThrow({ where: { orderId: smith.orderId, open: { not: null } } });
    expect(alert).toMatchObject({ code: "bill-refused", about: "bill" });
    await db.staffMember.create({
      data: { userId: "usr_priya", name: "Priya", role: "support", addedAt: clock.now() },
    });
    const priya = { userId: "usr_priya", sessionId: "s", email: "priya@post.example", emailVerified: true };
    const staff = { ...priya, factor: "passkey", since: clock.now() } as const;
    const pressed = () => tryDeadAgain(world, staff, { alertId: alert.id, reason: "case 881" });
    expect((await Promise.all([pressed(), pressed()])).map(({ values }) => values?.["n"]).sort()).toEqual([0, 1]);
    await smith.work();
    expect((await smith.bill()).ending?.state).toBe("stops");
  });

  test("is told that it is over when the bill has ended already", async () => {
    const smith = await family();
    await smith.sdk.subscriptions.cancel(smith.subscriptionId);
    await smith.look();
    const asked = changeBill(world, smith.who, { wish: "stop", ...label });
    await expect(asked).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });
});

const rests = async ({ who }: Family) =>
  (await db.tenant.findUniqueOrThrow({ where: { id: who.tenantId } })).restsBecause;
const settled = ({ who }: Family) => db.tenant.update({ where: { id: who.tenantId }, data: { readyAt: clock.now() } });
const decideRest = async ({ orderId }: Family) =>
  restOrWake(world, await knownBill(db, await db.order.findUniqueOrThrow({ where: { id: orderId } })));
const unpaidAlerts = ({ orderId }: Family) =>
  db.alert.count({ where: { orderId, code: "bill-unpaid", open: { not: null } } });

async function pay({ sdk, customerId }: Family, invoiceId?: string) {
  const card = await sdk.paymentMethods.attach("pm_card_visa", { customer: customerId });
  const [open] = (await sdk.invoices.list({ customer: customerId, status: "open" })).data;
  await sdk.invoices.pay(invoiceId ?? open?.id ?? "", { payment_method: card.id });
}

describe("A bill that cannot be taken", () => {
  async function refused() {
    const smith = await family();
    const card = await smith.sdk.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: smith.customerId });
    await smith.sdk.subscriptions.update(smith.subscriptionId, { default_payment_method: card.id });
    await nextMonth(smith);
    return smith;
  }

  test("is shown with its reason and where to pay it, and told once at each rung", async () => {
    const smith = await refused();
    const { owed } = await smith.bill();
    expect(owed && minorOf(owed.sum)).toBe(625);
    expect(owed).toMatchObject({ payUrl: expect.stringMatching(/^http/), refusal: expect.stringMatching(/decline/) });
    await smith.look();
    expect(await mails(smith)).toEqual(["payment-failed"]);
    for (const days of [3, 4, 7, 8]) {
      clock.push(days * day);
      await smith.look();
      await smith.look();
    }
    expect(await mails(smith)).toEqual([
      "payment-failed",
      "payment-still",
      "payment-still",
      "payment-last-call",
      "payment-last-call",
    ]);
    const call = await db.mail.findFirstOrThrow({
      where: { kind: "payment-last-call" },
      orderBy: { createdAt: "desc" },
    });
    expect((await letter(call.kind, call.values))?.subject).toMatch(/^Pay by .*, or your home rests$/);
    expect((await smith.bill()).owed?.banner).toBe("lastCall");
  });

  test("for thirty days puts the home to rest, says so once, and paying wakes it", async () => {
    const smith = await refused();
    await settled(smith);
    clock.push(29 * day);
    await smith.look();
    expect(await rests(smith)).toBeNull();
    clock.push(day + 60);
    for (let looks = 0; looks < 3; looks++) await smith.look();
    expect(await rests(smith)).toBe("unpaid");
    const { restsSince, pokedAt } = await db.tenant.findUniqueOrThrow({ where: { id: smith.who.tenantId } });
    expect(pokedAt && restsSince && pokedAt >= restsSince).toBe(true);
    expect((await mails(smith)).filter((kind) => kind === "resting")).toHaveLength(1);
    const told = await db.mail.findFirstOrThrow({ where: { kind: "resting" }, orderBy: { createdAt: "desc" } });
    expect(await letter(told.kind, told.values)).toMatchObject({
      subject: expect.stringMatching(/^\S+\.family is resting$/),
      text: expect.stringContaining("Pay £6.25, and you are back within a minute"),
    });
    expect(await smith.bill()).toMatchObject({ rests: "unpaid", owed: { banner: "rests" } });
    // Written off at the vendor's, it is owed all the same.
    const [open] = (await smith.sdk.invoices.list({ customer: smith.customerId, status: "open" })).data;
    await smith.sdk.invoices.markUncollectible(open?.id ?? "");
    await smith.look();
    expect(await rests(smith)).toBe("unpaid");
    expect((await smith.bill()).owed?.payUrl).toMatch(/^http/);
    // A person has nothing to do.
    clock.push(2 * day);
    await keepAlerts(world);
    expect(await unpaidAlerts(smith)).toBe(0);
    await pay(smith, open?.id);
    await smith.look();
    expect(await rests(smith)).toBeNull();
    expect(await smith.bill()).toMatchObject({ rests: null, owed: null });
    // The vendor had given up and ended the bill: a person begins it anew.
    await keepAlerts(world);
    expect(await db.alert.count({ where: { orderId: smith.orderId, code: "bill-ended", open: { not: null } } })).toBe(
      1,
    );
    // The letter has lost its cause.
    expect(await letter(told.kind, told.values)).toBeUndefined();
  });

  test("switches nothing off by a copy of before that day, in a home that is being made, or while money goes back", async () => {
    const smith = await refused();
    clock.push(31 * day);
    // Not seen from outside yet: a person looks.
    await smith.look();
    expect(await rests(smith)).toBeNull();
    expect(await mails(smith)).toContain("resting");
    const told = await db.mail.findFirstOrThrow({ where: { kind: "resting" }, orderBy: { createdAt: "desc" } });
    expect(await letter(told.kind, told.values)).toBeUndefined();
    await keepAlerts(world);
    expect(await unpaidAlerts(smith)).toBe(1);
    await settled(smith);
    const old = { askedAt: new Date(clock.now().getTime() - 2 * day * 1000) };
    await db.customer.update({ where: { id: smith.customerId }, data: old });
    await decideRest(smith);
    expect(await rests(smith)).toBeNull();
    await db.order.update({ where: { id: smith.orderId }, data: { state: "refunding" } });
    await smith.look();
    expect(await rests(smith)).toBeNull();
    await db.order.update({ where: { id: smith.orderId }, data: { state: "paid" } });
    await smith.look();
    expect(await rests(smith)).toBe("unpaid");
    // Nothing that is known says that it is paid.
    await db.subscription.deleteMany({ where: { customerId: smith.customerId } });
    await decideRest(smith);
    expect(await rests(smith)).toBe("unpaid");
  });

  test("on a second payment of the same order is no reason to rest", async () => {
    await stripe.tell("/dunning", { days: [1], end: "past_due" }, "PUT");
    const smith = await family();
    await settled(smith);
    const second = await stripeFamily(stripe, clock, { orderId: smith.orderId });
    await knowCustomer(db, world, second);
    const card = await smith.sdk.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: second.customerId });
    await smith.sdk.subscriptions.update(second.subscriptionId, { default_payment_method: card.id });
    await nextMonth(smith);
    clock.push(31 * day);
    for (const { customerId } of [second, smith]) await answerBell(worker, { kind: "bill", customerId });
    const { standing } = await readBill(db, smith.orderId);
    expect(owed(standing)).toMatchObject({ customerId: second.customerId });
    expect(await rests(smith)).toBeNull();
    await stripe.tell("/dunning", { days: [3, 5, 7], end: "cancel" }, "PUT");
  });

  test("is not asked for a second time on the last bill", async () => {
    const smith = await refused();
    const { ending } = await smith.bill();
    // Twelve parts of £1.75: one is paid, one is on the open bill.
    expect(ending && minorOf(ending.rest)).toBe(1750);
  });

  test("is nobody's trouble any more once it is paid with another card", async () => {
    const smith = await refused();
    await pay(smith);
    await smith.look();
    expect(await smith.bill()).toMatchObject({ owed: null, past: [{ unpaid: false }, { unpaid: false }] });
    clock.push(4 * day);
    await smith.look();
    expect(await mails(smith)).toEqual(["payment-failed"]);
  });
});
