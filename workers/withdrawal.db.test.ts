import { describe, expect, test } from "vitest";
import { minorOf } from "@/lib/billing/money.ts";
import type { Cashier } from "@/lib/billing/ports.ts";
import { Unreachable } from "@/lib/errors.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describeWithdrawal } from "@/lib/households/describe-withdrawal.ts";
import { hearStatements } from "@/lib/households/hear-statements.ts";
import { noteStatement } from "@/lib/households/note-statement.ts";
import { keepHome, withdraw } from "@/lib/households/withdraw.ts";
import { describeFamily } from "@/lib/staff/describe-family.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import { billTests } from "./test-bills.ts";

const { clock, world, db, stripe, worker } = await billTests();

const letter = testLetters(world);
const day = 86_400;
const label = "The rest of the year";

const yearly = { period: "year", homeMinor: 4500, nameMonthMinor: 2100, totalMinor: 6600, laterTotalMinor: 6600 };
const quotes = { month: smithQuote, year: { ...smithQuote, ...yearly } };

/** A family in its home since a moment ago: £4.50 for the home and £1.75 for the name, of £21 a year. */
async function family(period: "month" | "year" = "month") {
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord"), period });
  const { customerId, subscriptionId, orderId } = bought;
  const [charge] = await bought.charges();
  const email = `${orderId.toLowerCase()}@post.example`;
  const paid = { paidAt: clock.now(), paidMinor: quotes[period].totalMinor, paidCurrency: "GBP" };
  const { order } = await makeOrder(world, {
    ...{ ...paid, id: orderId, state: "paid", email, paymentIntentId: String(charge?.payment_intent) },
    ...{ stripeCustomerId: customerId, stripeSubscriptionId: subscriptionId, quote: quotes[period] },
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const who = { userId: world.ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...who, role: "owner", since: clock.now() } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: clock.now(), nextSyncAt: clock.now() } });
  const look = () => answerBell(worker, { kind: "bill", customerId });
  const work = async (with_ = worker) => {
    for (let rounds = 0; rounds < 2; rounds++) {
      await answerBell(with_, { kind: "order", orderId });
      await look();
    }
  };
  const withdrawals = () => db.billChange.findMany({ where: { orderId, kind: "withdraw" } });
  const view = async () => (await describeWithdrawal(world, who))?.state;
  await look();
  return { ...bought, order, email, name: order.name ?? "", who, look, work, withdrawals, view };
}
type Family = Awaited<ReturnType<typeof family>>;

const mails = async ({ orderId }: Family) =>
  (await db.mail.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }))
    .filter(({ values }) => (values as { orderId?: string }).orderId === orderId)
    .map(({ kind }) => kind);

/** What the vendor has of it in the end. */
async function papers({ sdk, customerId, subscriptionId }: Family) {
  const [invoices, notes, charges, subscription] = [
    (await sdk.invoices.list({ customer: customerId })).data,
    (await sdk.creditNotes.list({ customer: customerId })).data,
    (await sdk.charges.list({ customer: customerId })).data,
    await sdk.subscriptions.retrieve(subscriptionId),
  ];
  return {
    invoices: invoices.map(({ total, amount_paid: paid, status }) => [total, paid, status]),
    notes: notes.map(({ total }) => total),
    charges: charges.map(({ amount, amount_refunded: back }) => [amount, back]),
    status: subscription.status,
  };
}

/** Withdrawn on the second day: two days of £0.15 are used, and of £21 eleven parts are left. */
const whole = {
  invoices: [
    [1925, 1505, "paid"],
    [625, 625, "paid"],
  ],
  notes: [420],
  charges: [
    [1505, 0],
    [625, 0],
  ],
  status: "canceled",
};

async function close(smith: Family, with_ = worker): Promise<void> {
  clock.push(3 * day + 60);
  await smith.work(with_);
  // An hour after it was drawn the vendor charges a bill.
  clock.push(2 * 3600);
  await smith.work();
}

async function onSecondDay(period: "month" | "year" = "month"): Promise<Family> {
  const smith = await family(period);
  clock.push(day + 3600);
  await withdraw(world, smith.who, label);
  return smith;
}

describe("A family that withdraws", () => {
  test("has its receipt at once, and its money when the home closes: one bill, on which what comes back is paid first", async () => {
    const smith = await onSecondDay();
    await smith.work();
    expect(await smith.view()).toBe("said");
    expect((await papers(smith)).status).toBe("active");
    expect(await mails(smith)).toEqual(["withdrawn"]);
    const [said] = await smith.withdrawals();
    const receipt = await letter("withdrawn", { changeId: said?.id });
    expect(receipt?.subject).toMatch(/^You withdrew on \d+ \w+ \d{4} at \d\d:\d\d$/);
    for (const sum of ["£4.20", "£19.25", "£15.05"]) expect(receipt?.text).toContain(sum);
    await close(smith);
    expect(await papers(smith)).toEqual(whole);
    const bill = await describeBill(world, smith.who);
    expect(bill.ending?.state).toBe("over");
    expect(bill.left).toBeNull();
    expect(await smith.view()).toBe("closed");
    const sums = (await describeWithdrawal(world, smith.who))?.sums;
    expect(sums && minorOf(sums.back)).toBe(420);
  });

  test("has a home that rests once it is closed, and not before", async () => {
    const smith = await onSecondDay();
    const home = { where: { id: smith.who.tenantId } };
    await db.tenant.update({ ...home, data: { readyAt: clock.now() } });
    await smith.work();
    expect(await db.tenant.findUniqueOrThrow(home)).toMatchObject({ restsBecause: null });
    await close(smith);
    expect(await db.tenant.findUniqueOrThrow(home)).toMatchObject({ restsBecause: "ended" });
  });

  test("gets the same money once, wherever a worker is killed after the vendor has heard it", async () => {
    for (const verb of ["endSubscription", "creditNextBill", "drawBill"] as const) {
      const smith = await onSecondDay();
      let killed = false;
      const once = async (...asked: never[]) => {
        const answer = await (worker.cashier[verb] as (...all: never[]) => Promise<unknown>)(...asked);
        if (killed) return answer;
        killed = true;
        // What the next worker finds is the same as after a process that was killed here.
        throw new Unreachable("Nobody knows", { vendor: "Stripe", call: verb }, "unknown");
      };
      const cashier = { ...worker.cashier, [verb]: once } as Cashier;
      await close(smith, { ...worker, cashier });
      clock.push(day);
      await smith.work();
      expect(killed).toBe(true);
      expect(await papers(smith)).toEqual(whole);
    }
  });

  test("and paid by the year has the rest on its card, once, with a credit note, for all of the name is paid", async () => {
    const smith = await onSecondDay("year");
    const before = await smith.withdrawals();
    await close(smith);
    await smith.work();
    const back = {
      // Of £45 two days of £0.12 are used.
      ...{ invoices: [[6600, 6600, "paid"]], notes: [4476], charges: [[6600, 4476]], status: "canceled" },
    };
    expect(await papers(smith)).toEqual(back);
    expect(await mails(smith)).toEqual(["withdrawn"]);
    expect(await db.mail.count({ where: { cause: `refunded:ref_${smith.subscriptionId}` } })).toBe(1);
    // A database that was set back knows of no refund, and looks.
    await db.refund.deleteMany({ where: { orderId: smith.orderId } });
    await db.billChange.updateMany({ where: { id: before[0]?.id ?? "" }, data: { state: "wanted", doneAt: null } });
    await close(smith);
    await smith.work();
    expect(await papers(smith)).toEqual(back);
    expect((await describeBill(world, smith.who)).left).toBeNull();
  });

  test("and was carried out before a database was set back to the statement is carried out no second time", async () => {
    const smith = await onSecondDay();
    const before = await smith.withdrawals();
    await close(smith);
    await db.billChange.deleteMany({ where: { orderId: smith.orderId } });
    await db.billChange.createMany({ data: before.map((row) => ({ ...row, terms: row.terms ?? {} })) });
    await close(smith);
    expect(await papers(smith)).toEqual(whole);
    expect(await db.refund.count({ where: { orderId: smith.orderId } })).toBe(0);
  });

  test("in two windows at once says it once", async () => {
    const smith = await family();
    await Promise.all([1, 2, 3].map(() => withdraw(world, smith.who, label)));
    expect(await smith.withdrawals()).toHaveLength(1);
    expect(await mails(smith)).toEqual(["withdrawn"]);
  });

  test("may think better of it until the home closes, is told so, and may withdraw once more", async () => {
    const smith = await onSecondDay();
    clock.push(3 * day - 60);
    expect(await keepHome(world, smith.who)).toBe(true);
    await close(smith);
    expect((await papers(smith)).status).toBe("active");
    expect(await mails(smith)).toEqual(["withdrawn", "withdraw-kept"]);
    await withdraw(world, smith.who, label);
    clock.push(3 * day);
    expect(await keepHome(world, smith.who)).toBe(false);
    await close(smith);
    expect((await papers(smith)).status).toBe("canceled");
  });

  test("cannot on the fifteenth day, and a stranger never can", async () => {
    const smith = await family();
    const stranger = { ...smith.who, userId: "usr_stranger" };
    await expect(withdraw(world, stranger, label)).rejects.toMatchObject({ kind: "not-found" });
    await expect(keepHome(world, stranger)).rejects.toMatchObject({ kind: "not-found" });
    clock.push(15 * day);
    expect(await smith.view()).toBe("over");
    await expect(withdraw(world, smith.who, label)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await smith.withdrawals()).toEqual([]);
  });

  test("is put before a person where the vendor refuses, and nothing is lost", async () => {
    const smith = await onSecondDay();
    await stripe.tell("/faults", { call: "creditNotes.create", kind: "refuse", times: 1 });
    await close(smith);
    expect(await smith.view()).toBe("held");
    await keepAlerts(world);
    const alert = { orderId: smith.orderId, code: "bill-refused", open: { not: null } };
    expect(await db.alert.count({ where: alert })).toBe(1);
    // Somebody at the desk sees what was said, and what it comes to.
    await db.staffMember.create({
      data: { userId: "usr_wren", name: "Wren", role: "support", addedAt: clock.now() },
    });
    const wren = { userId: "usr_wren", sessionId: "s", email: "wren@post.example", emailVerified: true };
    const staff = { ...wren, factor: "passkey", since: clock.now() } as const;
    const { withdrawal } = await describeFamily(world, staff, { orderId: smith.orderId });
    expect(withdrawal).toMatchObject({ state: "refused", at: (await smith.withdrawals())[0]?.createdAt.toISOString() });
    expect(withdrawal && [minorOf(withdrawal.sums.back), minorOf(withdrawal.sums.owed)]).toEqual([420, 1925]);
  });

  test("to whom a person has given money back by hand waits for a person: nothing goes back twice", async () => {
    const smith = await onSecondDay("year");
    const [invoice] = (await smith.sdk.invoices.list({ customer: smith.customerId })).data;
    await smith.sdk.creditNotes.create({ invoice: invoice?.id ?? "", amount: 4500, refund_amount: 4500 });
    await close(smith);
    expect(await smith.view()).toBe("held");
    expect((await papers(smith)).charges).toEqual([[6600, 4500]]);
  });
});

describe("Somebody who withdraws without signing in", () => {
  const say = (email: string, name: string) => noteStatement(world, { email, name, restLabel: label });

  test("is heard by e-mail and name together, from the moment they said it", async () => {
    const smith = await family();
    const at = await say(smith.email.toUpperCase(), ` ${smith.name.toUpperCase()}. `);
    clock.push(60);
    await Promise.all([hearStatements(world), hearStatements(world)]);
    expect(await smith.withdrawals()).toMatchObject([{ createdAt: at, state: "wanted" }]);
    expect(await mails(smith)).toEqual(["withdrawn"]);
  });

  test("changes nothing with another's e-mail or another name, and nobody is written to", async () => {
    const [smith, other] = [await family(), await family()];
    await say("somebody@post.example", smith.name);
    await say(smith.email, other.name);
    await say(other.email, smith.name);
    await hearStatements(world);
    for (const one of [smith, other]) {
      expect(await one.withdrawals()).toEqual([]);
      expect(await mails(one)).toEqual([]);
    }
    const said = await db.statement.findMany({ where: { name: { in: [smith.name, other.name] } } });
    expect(said.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown", "unknown"]);
  });

  test("on the fifteenth day is told by mail alone that the time is over, and how to stop", async () => {
    const smith = await family();
    clock.push(15 * day);
    await say(smith.email, smith.name);
    await hearStatements(world);
    expect(await smith.withdrawals()).toEqual([]);
    expect(await mails(smith)).toEqual(["withdraw-over"]);
    const told = await letter("withdraw-over", { orderId: smith.orderId });
    expect(told?.text).toContain(`/home/${smith.name}/bill`);
  });
});
