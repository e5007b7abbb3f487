import { describe, expect, test } from "vitest";
import { minorOf } from "@/lib/billing/money.ts";
import { beginningOf } from "@/lib/billing/name-year.ts";
import { carryOutPeriod } from "@/lib/billing/period-change.ts";
import { readQuote, type StoredQuote } from "@/lib/billing/quote.ts";
import { termsChange } from "@/lib/billing/terms-change.ts";
import { askForPeriod } from "@/lib/households/ask-for-period.ts";
import { askForTerms, type TermsAsk } from "@/lib/households/ask-for-terms.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { confirmTerms } from "@/lib/households/confirm-terms.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describeChoices } from "@/lib/households/describe-choices.ts";
import { describeTerms } from "@/lib/households/describe-terms.ts";
import { describeTurn } from "@/lib/households/describe-turn.ts";
import { offerBill } from "@/lib/households/offer-bill.ts";
import { openTerms } from "@/lib/households/open-terms.ts";
import { renewCard } from "@/lib/households/renew-card.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { freeBook, fullBook } from "@/lib/testing/books.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { answerBell } from "./answer-bell.ts";
import { billTests } from "./test-bills.ts";
import { agreed, child, labelOf, termsFamily } from "./test-terms.ts";

const { clock, world, db, stripe, worker } = await billTests();

const day = 86_400;
const family = (others?: number) => termsFamily({ world, clock, stripe, worker }, others);
type Family = Awaited<ReturnType<typeof family>>;

const asked = async (what: string): Promise<number> => stripe.count(what);

/** Alone with her home, in the middle of a month. */
async function alone(): Promise<Family> {
  const smith = await family(0);
  clock.push(10 * day);
  return smith;
}

describe("A family that grows", () => {
  test("within what its plan includes pays nothing more, and the payment vendor hears nothing", async () => {
    const smith = await family();
    const before = await asked("customer.subscription.updated");
    const id = await smith.ask(child("cleo"));
    expect(await smith.view(id)).toMatchObject({ state: "shown", bill: null, heads: 4, add: [{ part: "cleo" }] });
    expect(await smith.people()).toEqual(["anna", "ben0", "ben1"]);
    await expect(confirmTerms(world, smith.who, id)).rejects.toMatchObject({
      ...{ kind: "bad-input", say: { key: "family.consent.errors.tick" } },
    });
    await smith.confirm(id);
    expect(await smith.people()).toEqual(["anna", "ben0", "ben1", "cleo"]);
    const cleo = await db.person.findFirstOrThrow({ where: { part: "cleo", tenantId: smith.who.tenantId } });
    expect(cleo).toMatchObject({ kind: "child", runsHome: false, page: false, place: 3 });
    expect(await db.consent.findMany({ where: { personId: cleo.id } })).toMatchObject([
      { nth: 1, by: smith.who.userId, text: agreed.text, method: "mailbox", country: "GB" },
    ]);
    expect(await db.card.count({ where: { personId: cleo.id, replacedAt: null } })).toBe(1);
    const { pokedAt } = await db.tenant.findUniqueOrThrow({ where: { id: smith.who.tenantId } });
    expect(pokedAt).not.toBeNull();
    expect(await asked("customer.subscription.updated")).toBe(before);
    const told = await smith.told(id);
    expect(told?.subject).toBe(`cleo has a place at ${smith.order.name}`);
    expect(told?.text).toContain(`@cleo:${smith.order.name} was added to your home. Your bill stays as it is.\n`);
    expect(await smith.quote()).toEqual(["family", 450, 625]);
  });

  test("beyond it is shown each line of the next bill, and the bill that comes has those very lines", async () => {
    const smith = await family(5);
    clock.push(10 * day);
    const id = await smith.ask(child("cleo"));
    expect((await smith.view(id)).state).toBe("asked");
    await smith.work();
    const { state, bill } = await smith.view(id);
    expect(state).toBe("shown");
    expect(bill?.lines.map(({ kind, what, label }) => [kind, what, label])).toEqual([
      ["unused", "home", "Your home on Matrix"],
      ["rest", "home", "family for 7"],
      ["whole", "home", "family for 7"],
      ["whole", "name", "The name smith.family"],
    ]);
    const sums = bill?.lines.map(({ sum }) => minorOf(sum)) ?? [];
    expect(sums.slice(2)).toEqual([525, 175]);
    expect(bill && [minorOf(bill.each), minorOf(bill.due)]).toEqual([700, sums.reduce((a, b) => a + b)]);
    expect(await smith.home()).toBe(450);
    // The next bill is the next bill, and what is said yes to later counts from the same moment.
    clock.push(600);
    await smith.confirm(id);
    expect(await smith.people()).not.toContain("cleo");
    await smith.work();
    expect(await smith.people()).toContain("cleo");
    expect(await smith.quote()).toEqual(["family", 525, 700]);
    expect((await smith.view(id)).state).toBe("taken");
    const due = bill && (minorOf(bill.due) / 100).toFixed(2);
    expect((await smith.told(id))?.text).toMatch(
      new RegExp(
        `was added to your home\\. Your next bill is £${due}, on .* \\d{4}\\. After that it is £7\\.00 a month\\.\n`,
      ),
    );
    await stripe.tell("/renew", { subscription: smith.subscriptionId });
    const { lines, total, status } = (await smith.newest()) ?? {};
    expect(status).toBe("paid");
    expect(lines?.data.map(({ amount }) => amount)).toEqual(sums);
    expect(total).toBe(bill && minorOf(bill.total));
    await smith.look();
    const view = await describeBill(world, smith.who);
    expect([view.people, minorOf(view.total)]).toEqual([7, 700]);
  });

  test("out of a plan with room for one has the plan that has room for two", async () => {
    const smith = await alone();
    const toPerson = await smith.want({ kind: "plan", plan: "person" });
    await smith.work();
    expect(await smith.quote()).toEqual(["person", 250, 425]);
    expect((await smith.told(toPerson))?.text).toContain("On your bills it now says: person for 1. Your next bill is");
    clock.push(3600);
    const id = await smith.ask(child("cleo"));
    await smith.work();
    expect(await smith.view(id)).toMatchObject({ plan: { from: "person", to: "family" }, heads: 2 });
    await smith.confirm(id);
    await smith.work();
    expect(await smith.quote()).toEqual(["family", 450, 625]);
    expect(await smith.home()).toBe(450);
    expect(await smith.people()).toEqual(["anna", "cleo"]);
  });
});

describe("A family whose home costs nothing", () => {
  test("grows beyond any number that a plan includes, and no payment vendor is asked", async () => {
    const nothing = { homeMinor: 0, nameMonthMinor: 0, nameYearMinor: 0, renewalYearMinor: 0 };
    const quote = { ...smithQuote, ...nothing, totalMinor: 0, laterTotalMinor: 0 };
    const people = Array.from({ length: 5 }, (_, n) => ({
      key: `k${n}`,
      given: "Ben",
      part: `ben${n}`,
      kind: "child",
    }));
    const { order } = await makeOrder(world, { state: "paid", paidAt: clock.now(), people, quote });
    const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
    await db.tenant.update({ where: { id: tenantId }, data: { readyAt: clock.now() } });
    const who = { userId: world.ids.id("usr"), tenantId };
    await db.membership.create({ data: { ...who, role: "owner", since: clock.now() } });
    const id = (await askForTerms(world, who, child("cleo"), labelOf, freeBook)) ?? "";
    expect(await describeTerms(world, who, id)).toMatchObject({ state: "shown", bill: null, heads: 7 });
    await confirmTerms(world, who, id, agreed);
    expect(await db.person.count({ where: { tenantId } })).toBe(7);
    expect(await describeTurn(world, who)).toEqual({ now: "month", other: null, notWith: [], wanted: null });
    // Where something would cost something, it is not sold: nobody is charged who has no bill.
    const priced = askForTerms(world, who, child("dora"), labelOf);
    await expect(priced).rejects.toMatchObject({ say: { key: "family.terms.notSold" } });
  });
});

describe("A family that takes somebody out", () => {
  test("who has not used the card is rid of them and of the card, and pays less where they cost something", async () => {
    const smith = await family(6);
    const last = await db.person.findFirstOrThrow({ where: { part: "ben5", tenantId: smith.who.tenantId } });
    const card = await db.card.findFirstOrThrow({ where: { personId: last.id } });
    const id = await smith.want({ kind: "out", personId: last.id });
    expect(await db.card.findUniqueOrThrow({ where: { id: card.id } })).toMatchObject({ usedAt: null });
    // Between the two nobody moves in: the card is no good, and there is no new one.
    expect((await db.card.findUniqueOrThrow({ where: { id: card.id } })).replacedAt).not.toBeNull();
    const renewed = renewCard(world, smith.who, { personId: last.id, insteadOf: card.id });
    await expect(renewed).rejects.toMatchObject({ kind: "not-found" });
    await smith.work();
    expect((await smith.row(id)).state).toBe("done");
    expect(await smith.people()).toEqual(["anna", "ben0", "ben1", "ben2", "ben3", "ben4"]);
    expect(await db.card.count({ where: { personId: last.id } })).toBe(0);
    // Named, though nothing of ours knows them any more.
    const told = await smith.told(id);
    expect(told?.subject).toBe(`Ben 5 was taken out of ${smith.order.name}`);
    expect(told?.text).toContain(`@ben5:${smith.order.name} had not moved in yet`);
  });

  test("cannot take out whoever runs the home, nor anybody of another home", async () => {
    const [smith, other] = [await family(), await family()];
    await expect(smith.ask({ kind: "out", personId: (await smith.person("anna")).id })).rejects.toMatchObject({
      kind: "changed-meanwhile",
      say: { key: "family.terms.runsHome" },
    });
    const theirs = (await other.person("ben0")).id;
    for (const kind of ["out", "back"] as const)
      await expect(smith.ask({ kind, personId: theirs })).rejects.toMatchObject({ kind: "not-found" });
  });

  test("keeps who moves in while the question is asked", async () => {
    const smith = await family();
    const ben = await smith.person("ben0");
    const id = await smith.ask({ kind: "out", personId: ben.id });
    await db.card.updateMany({ where: { personId: ben.id }, data: { usedAt: clock.now() } });
    await expect(smith.confirm(id)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await smith.people()).toContain("ben0");
  });

  test("keeps who is asked to pay until that is taken back", async () => {
    const smith = await family();
    const ben = await smith.movesIn("ben0");
    const id = await smith.ask({ kind: "out", personId: ben.id });
    await offerBill(world, smith.who, { personId: ben.id, email: ben.email ?? "" });
    await expect(smith.confirm(id)).rejects.toMatchObject({ say: { key: "family.terms.askedToPay" } });
    await expect(smith.ask({ kind: "out", personId: ben.id })).rejects.toMatchObject({
      say: { key: "family.terms.askedToPay" },
    });
  });
});

describe("A family that changes its plan", () => {
  test("is not let into one that has no room for all of them", async () => {
    const smith = await family();
    await expect(smith.ask({ kind: "plan", plan: "person" })).rejects.toMatchObject({
      kind: "bad-input",
      say: { key: "family.terms.noRoom" },
    });
    await expect(smith.ask({ kind: "plan", plan: "castle" })).rejects.toMatchObject({
      say: { key: "family.terms.notSold" },
    });
    expect(await askForTerms(world, smith.who, { kind: "plan", plan: "family" }, labelOf)).toBeUndefined();
    expect(await db.billChange.count({ where: { orderId: smith.orderId } })).toBe(0);
  });

  test("pays once what it was shown, wherever a process ends after the vendor has heard it", async () => {
    for (const call of ["invoices.createPreview", "products.create", "subscriptions.update"]) {
      const smith = await alone();
      const id = await smith.ask({ kind: "plan", plan: "person" });
      // The vendor keeps that answer for its key: the SDK hears it three times.
      if (call === "invoices.createPreview") await stripe.tell("/faults", { call, kind: "500-after", times: 1 });
      await smith.work();
      expect((await smith.view(id)).state).toBe(call === "invoices.createPreview" ? "asked" : "shown");
      clock.push(60);
      await smith.work();
      const before = await smith.view(id);
      await smith.confirm(id);
      if (call !== "invoices.createPreview") await stripe.tell("/faults", { call, kind: "500-after", times: 1 });
      await smith.work();
      clock.push(60);
      await smith.work();
      expect((await smith.row(id)).state).toBe("done");
      expect(await smith.quote()).toEqual(["person", 250, 425]);
      const shown = before.bill?.lines.filter(({ kind }) => kind !== "whole").map(({ sum }) => minorOf(sum)) ?? [];
      expect((await smith.pending()).toSorted()).toEqual(shown.toSorted());
      expect(shown).toHaveLength(2);
    }
  });

  test("and whose database was set back to any moment before is asked for it no second time", async () => {
    const smith = await alone();
    const id = await smith.ask({ kind: "plan", plan: "person" });
    await smith.work();
    const shown = await smith.row(id);
    const quote = (await db.order.findUniqueOrThrow({ where: { id: smith.orderId } })).quote ?? {};
    await smith.confirm(id);
    await smith.work();
    const pending = await smith.pending();
    const setBack = (row?: typeof shown) =>
      db.$transaction([
        db.billChange.deleteMany({ where: { orderId: smith.orderId } }),
        db.order.update({ where: { id: smith.orderId }, data: { quote } }),
        ...(row ? [db.billChange.create({ data: { ...row, terms: row.terms ?? {} } })] : []),
      ]);
    // To when it was wanted: it is seen to be done.
    await setBack({ ...shown, state: "wanted" });
    await smith.work();
    expect(await smith.quote()).toEqual(["person", 250, 425]);
    // To when it was shown: said again, it is so already.
    await setBack(shown);
    await smith.confirm(id);
    await smith.work();
    expect(await smith.quote()).toEqual(["person", 250, 425]);
    // To before it was thought of: what the vendor has is what was agreed.
    await setBack();
    await smith.look();
    expect(await smith.quote()).toEqual(["person", 250, 425]);
    expect(await smith.pending()).toEqual(pending);
  });

  test("that the vendor refuses has changed nothing, and a person is asked", async () => {
    const smith = await alone();
    const id = await smith.ask({ kind: "plan", plan: "person" });
    await smith.work();
    await smith.confirm(id);
    await stripe.tell("/faults", { call: "subscriptions.update", kind: "refuse", times: 1 });
    await smith.work();
    expect((await smith.row(id)).state).toBe("refused");
    expect(await smith.quote()).toEqual(["family", 450, 625]);
    expect(await smith.home()).toBe(450);
    await keepAlerts(world);
    const alert = { orderId: smith.orderId, code: "bill-refused", open: { not: null } };
    expect(await db.alert.count({ where: alert })).toBe(1);
    // Thought over, and asked for anew: the first is over.
    await smith.want({ kind: "plan", plan: "person" });
    await smith.work();
    expect(await smith.quote()).toEqual(["person", 250, 425]);
    await keepAlerts(world);
    expect(await db.alert.count({ where: alert })).toBe(0);
  });

  test("is told that nothing was changed when a new period begins before it is done", async () => {
    const smith = await alone();
    const id = await smith.ask({ kind: "plan", plan: "person" });
    await smith.work();
    await smith.confirm(id);
    await stripe.tell("/renew", { subscription: smith.subscriptionId });
    clock.push(60 * day);
    await smith.work();
    expect(await smith.row(id)).toMatchObject({ state: "given-up" });
    expect(await smith.view(id)).toMatchObject({ state: "given-up" });
    expect(await smith.quote()).toEqual(["family", 450, 625]);
    expect(await smith.pending()).toEqual([]);
  });

  test("has an hour to say yes to what it was shown", async () => {
    const smith = await alone();
    const id = await smith.ask({ kind: "plan", plan: "person" });
    await smith.work();
    clock.push(3600);
    expect((await smith.view(id)).state).toBe("over");
    await expect(smith.confirm(id)).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });

  test("in two windows is asked about the later one, and a button pressed twice is one yes", async () => {
    const smith = await alone();
    const first = await smith.ask({ kind: "plan", plan: "person" });
    const second = await smith.ask({ kind: "plan", plan: "person" });
    await smith.work();
    expect((await smith.view(first)).state).toBe("over");
    await expect(smith.confirm(first)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    await Promise.all([smith.confirm(second), smith.confirm(second)]);
    await expect(smith.ask(child("cleo"))).rejects.toMatchObject({ say: { key: "family.terms.notNow.changing" } });
    await smith.work();
    await smith.work();
    expect(await smith.pending()).toHaveLength(2);
  });

  test("cannot while the bill stops, and a stranger never can", async () => {
    const smith = await alone();
    const id = await smith.ask({ kind: "plan", plan: "person" });
    await smith.work();
    const stranger = { ...smith.who, userId: "usr_stranger" };
    const theirs = [
      () => askForTerms(world, stranger, { kind: "plan", plan: "person" }, labelOf),
      () => describeTerms(world, stranger, id),
      () => confirmTerms(world, stranger, id),
    ];
    for (const verb of theirs) await expect(verb()).rejects.toMatchObject({ kind: "not-found" });
    const other = await alone();
    await expect(other.confirm(id)).rejects.toMatchObject({ kind: "not-found" });
    await changeBill(world, smith.who, { wish: "stop", restLabel: "The rest of the year" });
    await expect(smith.confirm(id)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    await expect(smith.ask(child("cleo"))).rejects.toMatchObject({ say: { key: "family.terms.notNow.stops" } });
  });
});

describe("A family that wants something beside its home", () => {
  const room = (comes = true): TermsAsk => ({ kind: "add-on", addOn: "room", comes });
  const bridge: TermsAsk = { kind: "add-on", addOn: "bridge", comes: true };
  const beside = async ({ orderId }: Family) =>
    readQuote(await db.order.findUniqueOrThrow({ where: { id: orderId } })).addOns.map(({ id, sum }) => [
      id,
      minorOf(sum),
    ]);
  /** Each line of their bills from now on, at the vendor. */
  const items = async ({ sdk, subscriptionId }: Family) =>
    (await sdk.subscriptions.retrieve(subscriptionId)).items.data.map(({ price }) => price.unit_amount);

  test("is shown each line of the next bill, and the bill that comes has those very lines", async () => {
    const smith = await alone();
    const id = await smith.ask(room());
    await smith.work();
    const { state, bill, addOn } = await smith.view(id);
    expect([state, addOn]).toEqual(["shown", { called: "Twice the room for photos", comes: true }]);
    expect(bill?.lines.map(({ kind, what, label }) => [kind, what, label])).toEqual([
      ["rest", { addOn: "room" }, "Twice the room for photos"],
      ["whole", "home", "Your home on Matrix"],
      ["whole", "name", "The name smith.family"],
      ["whole", { addOn: "room" }, "Twice the room for photos"],
    ]);
    const sums = bill?.lines.map(({ sum }) => minorOf(sum)) ?? [];
    expect(sums.slice(1)).toEqual([450, 175, 100]);
    expect(bill && minorOf(bill.each)).toBe(725);
    // Nothing is changed before they say yes, and what they say yes to later counts from the same moment.
    expect(await items(smith)).toEqual([450, 175]);
    expect(await beside(smith)).toEqual([]);
    clock.push(600);
    await smith.confirm(id);
    await smith.work();
    expect(await beside(smith)).toEqual([["room", 100]]);
    expect(await smith.quote()).toEqual(["family", 450, 725]);
    const due = bill && (minorOf(bill.due) / 100).toFixed(2);
    const told = await smith.told(id);
    expect(told?.subject).toBe(`${smith.order.name}: “Twice the room for photos” was added`);
    expect(told?.text).toContain(`As you asked. Your next bill is £${due}, on `);
    await stripe.tell("/renew", { subscription: smith.subscriptionId });
    const { lines, total, status } = (await smith.newest()) ?? {};
    expect([status, total]).toEqual(["paid", bill && minorOf(bill.total)]);
    expect(lines?.data.map(({ amount }) => amount)).toEqual(sums);
    await smith.look();
    const view = await describeBill(world, smith.who);
    expect([minorOf(view.total), view.lines.map(({ label }) => label).at(-1)]).toEqual([
      725,
      "Twice the room for photos",
    ]);
  });

  test("and takes it off again gets back what it paid for and did not use", async () => {
    const smith = await alone();
    await smith.want(room());
    await smith.work();
    await stripe.tell("/renew", { subscription: smith.subscriptionId });
    clock.push(40 * day);
    await smith.look();
    const id = await smith.ask(room(false));
    await smith.work();
    const { bill, addOn } = await smith.view(id);
    expect(addOn?.comes).toBe(false);
    const back = bill?.lines.filter(({ kind }) => kind === "unused") ?? [];
    expect(back.map(({ what, label }) => [what, label])).toEqual([[{ addOn: "room" }, "Twice the room for photos"]]);
    expect(back.map(({ sum }) => minorOf(sum) < 0)).toEqual([true]);
    expect(bill && minorOf(bill.each)).toBe(625);
    await smith.confirm(id);
    await smith.work();
    expect(await smith.pending()).toEqual(back.map(({ sum }) => minorOf(sum)));
    expect(await items(smith)).toEqual([450, 175]);
    expect(await beside(smith)).toEqual([]);
    expect((await smith.told(id))?.subject).toMatch(/was taken off$/);
  });

  test("and thinks better of it within the same month has paid for the time between", async () => {
    const smith = await alone();
    await smith.want(room());
    await smith.work();
    const [asked = 0] = await smith.pending();
    clock.push(5 * day);
    await smith.want(room(false));
    await smith.work();
    const pending = await smith.pending();
    const between = pending.reduce((a, b) => a + b);
    expect(pending).toHaveLength(2);
    // Five days of a month that costs a pound.
    expect([asked > 50, between]).toEqual([true, 16]);
    await smith.want(room());
    await smith.work();
    expect(await smith.quote()).toEqual(["family", 450, 725]);
  });

  test("pays once what it was shown, wherever a process ends after the vendor has heard it", async () => {
    for (const call of ["invoices.createPreview", "products.create", "subscriptions.update"]) {
      const smith = await alone();
      const id = await smith.ask(room());
      if (call === "invoices.createPreview") await stripe.tell("/faults", { call, kind: "500-after", times: 1 });
      await smith.work();
      clock.push(60);
      await smith.work();
      const { bill } = await smith.view(id);
      await smith.confirm(id);
      if (call !== "invoices.createPreview") await stripe.tell("/faults", { call, kind: "500-after", times: 1 });
      await smith.work();
      clock.push(60);
      await smith.work();
      expect((await smith.row(id)).state).toBe("done");
      expect(await items(smith)).toEqual([450, 175, 100]);
      const shown = bill?.lines.filter(({ kind }) => kind !== "whole").map(({ sum }) => minorOf(sum));
      expect(await smith.pending()).toEqual(shown);
    }
  });

  test("and whose database was set back to any moment before is asked for it no second time", async () => {
    const smith = await alone();
    const setBack = async (quote: StoredQuote, row?: Awaited<ReturnType<Family["row"]>>) => {
      await db.billChange.deleteMany({ where: { orderId: smith.orderId } });
      await db.order.update({ where: { id: smith.orderId }, data: { quote } });
      if (row) await db.billChange.create({ data: { ...row, terms: row.terms ?? {} } });
    };
    const withRoom = { ...smithQuote, addOns: [{ id: "room", minor: 100 }], totalMinor: 725, laterTotalMinor: 725 };
    const id = await smith.ask(room());
    await smith.work();
    const shown = await smith.row(id);
    await smith.confirm(id);
    await smith.work();
    const pending = await smith.pending();
    // To when it was wanted, and to when it was shown: it is seen to be done.
    await setBack(smithQuote, { ...shown, state: "wanted" });
    await smith.work();
    expect(await beside(smith)).toEqual([["room", 100]]);
    await setBack(smithQuote, shown);
    await smith.confirm(id);
    await smith.work();
    expect(await beside(smith)).toEqual([["room", 100]]);
    // To before it was thought of, and they are quicker than our copy: the vendor has such a line.
    await setBack(smithQuote);
    const homeLine = { itemId: "si_none", what: "home", label: "", minor: 450, quantity: 1 };
    await db.subscription.updateMany({ where: { orderId: smith.orderId }, data: { addOns: null, lines: [homeLine] } });
    const again = await smith.ask(room());
    await answerBell(worker, { kind: "order", orderId: smith.orderId });
    await smith.confirm(again);
    await answerBell(worker, { kind: "order", orderId: smith.orderId });
    expect((await smith.row(again)).state).toBe("done");
    expect(await items(smith)).toEqual([450, 175, 100]);
    // To before it was thought of: what the vendor says was agreed is so, when it came as when it went.
    await setBack(smithQuote);
    await smith.look();
    expect(await beside(smith)).toEqual([["room", 100]]);
    expect(await smith.pending()).toEqual(pending);
    await smith.want(room(false));
    await smith.work();
    await setBack(withRoom);
    await smith.look();
    expect(await beside(smith)).toEqual([]);
  });

  test("keeps what was agreed when somebody at the vendor takes it off the bill", async () => {
    const smith = await alone();
    await smith.want(room());
    await smith.work();
    const [, , item] = (await smith.sdk.subscriptions.retrieve(smith.subscriptionId)).items.data;
    await smith.sdk.subscriptions.update(smith.subscriptionId, { items: [{ id: item?.id ?? "", deleted: true }] });
    await smith.look();
    expect(await beside(smith)).toEqual([["room", 100]]);
    // They may have it off what was agreed, too; the vendor is asked for nothing.
    const before = await asked("customer.subscription.updated");
    const id = await smith.want(room(false));
    await smith.work();
    expect((await smith.row(id)).state).toBe("done");
    expect(await beside(smith)).toEqual([]);
    expect(await asked("customer.subscription.updated")).toBe(before);
  });

  test("in two windows is asked once, and has it once", async () => {
    const smith = await alone();
    const [first, second] = [await smith.ask(room()), await smith.ask(room())];
    await smith.work();
    await expect(smith.confirm(first)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    await Promise.all([smith.confirm(second), smith.confirm(second)]);
    await expect(smith.ask(bridge)).rejects.toMatchObject({ say: { key: "family.terms.notNow.changing" } });
    await smith.work();
    expect(await items(smith)).toEqual([450, 175, 100]);
    // A page from before: it is so already.
    expect(await smith.ask(room())).toBe("");
    await smith.want(room(false));
    await smith.work();
    expect(await smith.ask(room(false))).toBe("");
    expect(await items(smith)).toEqual([450, 175]);
  });

  test("is sold nothing that the book does not sell, and is nobody else's to change", async () => {
    const smith = await alone();
    const notSold = { kind: "changed-meanwhile", say: { key: "family.terms.addOnNotSold" } };
    await expect(smith.ask({ kind: "add-on", addOn: "moat", comes: true })).rejects.toMatchObject(notSold);
    await expect(smith.ask({ kind: "add-on", addOn: "constructor", comes: true })).rejects.toMatchObject(notSold);
    const stranger = { ...smith.who, userId: "usr_stranger" };
    const theirs = askForTerms(world, stranger, room(), labelOf, fullBook);
    await expect(theirs).rejects.toMatchObject({ kind: "not-found" });
    // Somebody else pays by now: whoever runs the home may not.
    await db.order.update({ where: { id: smith.orderId }, data: { payerEmail: "ben@post.example" } });
    await expect(smith.ask(room())).rejects.toMatchObject({ kind: "not-found" });
  });

  test("and turns to the year is billed for it so from then on, be it added after that was asked for", async () => {
    const smith = await family(0);
    const turned = (await askForPeriod(world, smith.who, "year", fullBook)) ?? "";
    await smith.work();
    await smith.confirm(turned);
    const then = { say: { key: "family.terms.addOnNotThen" } };
    await expect(smith.ask(bridge)).rejects.toMatchObject(then);
    await smith.want(room());
    await smith.work();
    const change = await smith.row(turned);
    const subscription = await db.subscription.findFirstOrThrow({
      where: { orderId: smith.orderId },
      include: { customer: true },
    });
    const at = new Date(termsChange.parse(change.terms).turn?.from ?? 0);
    clock.push((at.getTime() - clock.now().getTime()) / 1000 - 2 * day);
    await smith.look();
    const outcome = await carryOutPeriod(worker, change, subscription, fullBook);
    expect(outcome.terms?.turn?.lines.map(({ minor }) => minor)).toEqual([4500, 2100, 1000]);
    expect((await items(smith)).toSorted()).toEqual([1000, 2100, 4500]);
  });

  test("and has something that is not sold by the year reads what stands in the way of it", async () => {
    const smith = await family(0);
    await smith.want(bridge);
    await smith.work();
    // Today's own book has nothing of the kind.
    expect(await describeTurn(world, smith.who)).toMatchObject({ other: null, notWith: ["bridge"] });
    await expect(askForPeriod(world, smith.who, "year", fullBook)).rejects.toMatchObject({
      say: { key: "family.terms.notSold" },
    });
    // Whatever they have may go, be it sold no more.
    const choices = await describeChoices(world, smith.who);
    expect(choices.addOns).toMatchObject([{ id: "bridge", called: "Letters from your old app", has: true }]);
    const gone = { kind: "add-on", addOn: "bridge", comes: false } as const;
    expect(await askForTerms(world, smith.who, gone, labelOf)).toMatch(/^chg/);
  });
});

describe("A family that pays by another period", () => {
  const [month, year] = [31 * day, 365 * day];
  /** Time passes; then what is due is done. */
  async function wait(smith: Family, seconds: number): Promise<void> {
    clock.push(seconds);
    await smith.look();
    await smith.work();
  }
  const turnTo = async (smith: Family, period: "month" | "year") => {
    const id = (await askForPeriod(world, smith.who, period)) ?? "";
    await smith.work();
    return id;
  };

  test("reads the first bill of it and its day, is billed so on that day and not before, and nothing is prorated", async () => {
    const smith = await family();
    clock.push(40 * day);
    const id = await turnTo(smith, "year");
    const { bill, turn, state } = await smith.view(id);
    expect([state, turn?.to, turn?.from, bill?.at]).toEqual(["shown", "year", bill?.at, turn?.from]);
    expect(bill?.lines.map(({ kind, what, sum }) => [kind, what, minorOf(sum)])).toEqual([
      ["whole", "home", 4500],
      ["whole", "name", 2100],
    ]);
    expect(bill && [minorOf(bill.due), minorOf(bill.each)]).toEqual([6600, 6600]);
    await smith.confirm(id);
    expect((await describeTurn(world, smith.who)).wanted).toEqual({ at: turn?.from, sum: bill?.due });
    // People and plan are changed meanwhile as ever.
    await smith.want({
      kind: "out",
      personId: (await db.person.findFirstOrThrow({ where: { part: "ben1", tenantId: smith.who.tenantId } })).id,
    });
    await wait(smith, 100 * day);
    expect((await smith.row(id)).state).toBe("wanted");
    await wait(smith, new Date(turn?.from ?? 0).getTime() / 1000 - clock.now().getTime() / 1000 - 4 * day);
    expect((await smith.row(id)).state).toBe("wanted");
    await wait(smith, 2 * day);
    expect((await smith.row(id)).state).toBe("done");
    const told = await smith.told(id);
    expect(told?.subject).toMatch(/: you pay by the year from /);
    expect(told?.text).toMatch(/As you asked\. Your next bill is £66\.00, on /);
    const before = await smith.sdk.invoices.list({ customer: smith.customerId, limit: 100 });
    expect(before.data.filter(({ total }) => total > 0)).toHaveLength(12);
    expect((await describeBill(world, smith.who)).next).toMatchObject({ at: turn?.from });
    await wait(smith, 3 * day);
    const { lines, total, status } = (await smith.newest()) ?? {};
    expect([status, total, lines?.data.map(({ amount }) => amount)]).toEqual(["paid", 6600, [4500, 2100]]);
    const { quote, total: each } = await describeBill(world, smith.who);
    expect([quote.period, minorOf(each), minorOf(quote.laterTotal)]).toEqual(["year", 6600, 6600]);
    // And back again, a year later.
    const back = await turnTo(smith, "month");
    await smith.confirm(back);
    await wait(smith, year - 2 * day);
    await wait(smith, 4 * day);
    expect((await smith.newest())?.lines.data.map(({ amount }) => amount)).toEqual([450, 175]);
    await wait(smith, month);
    expect((await smith.newest())?.lines.data.map(({ amount }) => amount)).toEqual([450, 175]);
    expect(await smith.pending()).toEqual([]);
  });

  test("may take it back until then, and stays as it was", async () => {
    const smith = await family();
    const id = await turnTo(smith, "year");
    await smith.confirm(id);
    expect(await askForPeriod(world, smith.who, "month")).toBeUndefined();
    expect((await describeTurn(world, smith.who)).wanted).toBeNull();
    await wait(smith, year + day);
    expect((await smith.row(id)).state).toBe("replaced");
    expect(await smith.quote()).toEqual(["family", 450, 625]);
  });

  test("and whose people are others by then pays for those who live there", async () => {
    const smith = await family(5);
    const id = await turnTo(smith, "year");
    await smith.confirm(id);
    await smith.want(child("cleo"));
    await smith.work();
    await wait(smith, year - 2 * day);
    await wait(smith, 4 * day);
    expect((await smith.newest())?.lines.data.map(({ amount }) => amount)).toEqual([5250, 2100]);
    expect(await smith.quote()).toEqual(["family", 5250, 7350]);
  });

  test("is changed once, wherever a process ends and to whatever moment a database is set back", async () => {
    const smith = await family();
    const id = await turnTo(smith, "year");
    await smith.confirm(id);
    const wanted = await smith.row(id);
    const quote = (await db.order.findUniqueOrThrow({ where: { id: smith.orderId } })).quote ?? {};
    clock.push(year - 2 * day);
    await smith.look();
    await stripe.tell("/faults", { call: "subscriptions.update", kind: "timeout-after", times: 3 });
    await smith.work();
    await wait(smith, 60);
    expect((await smith.row(id)).state).toBe("done");
    const forNothing = async () =>
      (await smith.sdk.invoices.list({ customer: smith.customerId, limit: 100 })).data.filter(
        ({ total }) => total === 0,
      );
    expect(await forNothing()).toHaveLength(1);
    const setBack = db.order.update({ where: { id: smith.orderId }, data: { quote } });
    await db.$transaction([
      setBack,
      db.billChange.update({ where: { id }, data: { ...wanted, terms: wanted.terms ?? {} } }),
    ]);
    await wait(smith, 60);
    expect(await smith.quote()).toEqual(["family", 4500, 6600]);
    await db.$transaction([setBack, db.billChange.deleteMany({ where: { orderId: smith.orderId } })]);
    await wait(smith, 60);
    expect(await smith.quote()).toEqual(["family", 4500, 6600]);
    expect(await forNothing()).toHaveLength(1);
  });

  test("and whose name costs more from that day on pays what was announced", async () => {
    const smith = await family();
    const id = await turnTo(smith, "year");
    await smith.confirm(id);
    const { startedAt } = await db.subscription.findFirstOrThrow({ where: { orderId: smith.orderId } });
    const told = { askedMinor: 2400, readAt: clock.now(), announcedAt: clock.now(), createdAt: clock.now() };
    await db.nameYear.create({
      data: {
        ...{ orderId: smith.orderId, year: 2, beginsAt: beginningOf(startedAt, 2), currency: "GBP" },
        ...{ agreedMinor: 2100, beforeMinor: 2100, ...told },
      },
    });
    await wait(smith, year - 2 * day);
    await smith.work();
    await wait(smith, 4 * day);
    expect((await smith.newest())?.lines.data.map(({ amount }) => amount)).toEqual([4500, 2400]);
    expect((await smith.row(id)).state).toBe("done");
  });

  test("and leaves before that day is left alone, and no person is asked", async () => {
    const smith = await family();
    const id = await turnTo(smith, "year");
    await smith.confirm(id);
    await changeBill(world, smith.who, { wish: "stop-now", restLabel: "The rest" });
    await smith.work();
    await wait(smith, year - 2 * day);
    expect((await smith.row(id)).state).toBe("given-up");
    await keepAlerts(world);
    expect(await db.alert.count({ where: { orderId: smith.orderId, open: { not: null } } })).toBe(0);
  });

  test("that nobody told the vendor in time stays as it was, and the page says so", async () => {
    const smith = await family();
    const id = await turnTo(smith, "year");
    await smith.confirm(id);
    await wait(smith, year + 2 * day);
    expect(await smith.row(id)).toMatchObject({ state: "given-up" });
    expect(await openTerms(world, smith.who)).toBe("given-up");
    expect((await smith.newest())?.total).toBe(625);
  });
});
