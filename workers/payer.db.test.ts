import { describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { findGivenCards } from "@/lib/billing/find-given-cards.ts";
import { minorOf } from "@/lib/billing/money.ts";
import { payerChange } from "@/lib/billing/payer-change.ts";
import { answerNameYear } from "@/lib/households/answer-name-year.ts";
import { askForPeriod } from "@/lib/households/ask-for-period.ts";
import { askForTerms } from "@/lib/households/ask-for-terms.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describeCards } from "@/lib/households/describe-cards.ts";
import { describeHome } from "@/lib/households/describe-home.ts";
import { describePayer } from "@/lib/households/describe-payer.ts";
import { handOutCards } from "@/lib/households/hand-out-cards.ts";
import { listHomes } from "@/lib/households/list-homes.ts";
import { lookAtOffer } from "@/lib/households/look-at-offer.ts";
import { maySignIn } from "@/lib/households/may-sign-in.ts";
import { offerBill } from "@/lib/households/offer-bill.ts";
import { offerToken } from "@/lib/households/offer-secret.ts";
import { openCardPage } from "@/lib/households/open-card-page.ts";
import { takeBill } from "@/lib/households/take-bill.ts";
import { takeOfferBack } from "@/lib/households/take-offer-back.ts";
import { askOwnerToPay } from "@/lib/staff/ask-owner-to-pay.ts";
import { describeFamily } from "@/lib/staff/describe-family.ts";
import { stripeCheckoutDesk } from "@/lib/stripe/checkout-desk.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { unlessVendor } from "@/lib/testing/unless-vendor.ts";
import { keys, typed } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { billTests } from "./test-bills.ts";

const { clock, world, db, stripe, worker } = await billTests();

const day = 86_400;
const text = "I pay for smith.family from now on";

/** Anna, who bought the home, and Ben, who lives there too. */
async function family() {
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord") });
  const { customerId, subscriptionId, orderId, sdk } = bought;
  const email = `anna.${orderId}@post.example`;
  const { order } = await makeOrder(world, {
    ...{
      id: orderId,
      state: "paid",
      paidAt: clock.now(),
      paidMinor: 625,
      paidCurrency: "GBP",
      quote: smithQuote,
      email,
    },
    ...{ stripeCustomerId: customerId, stripeSubscriptionId: subscriptionId },
    people: [
      { key: "k1", given: "Ben", part: "ben", kind: "adult" },
      { key: "k2", given: "Mia", part: "mia", kind: "child" },
    ],
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: clock.now(), accountAt: clock.now() } });
  await db.$transaction((tx) => handOutCards(tx, world, tenantId));
  await db.card.updateMany({ where: { person: { tenantId } }, data: { usedAt: clock.now() } });
  const anna = { userId: world.ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...anna, role: "owner", since: clock.now() } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: clock.now(), nextSyncAt: clock.now() } });
  const look = () => answerBell(worker, { kind: "bill", customerId });
  await look();
  const person = async (part: string) => (await db.person.findFirstOrThrow({ where: { tenantId, part } })).id;
  const bens = `ben.${orderId}@post.example`;
  const desk = stripeCheckoutDesk(openStripe(keys.web, stripe.at("")));
  const row = () =>
    db.billChange.findFirstOrThrow({ where: { orderId, kind: "payer" }, orderBy: { createdAt: "desc" } });
  const sight = async () => lookAtOffer(world, offerToken(world.linkKey, (await row()).id));
  const agree = async (agreed = true) =>
    takeBill(
      { ...world, desk },
      {
        ...{ token: offerToken(world.linkKey, (await row()).id), agreed, text, from: "192.0.2.7" },
        ...{
          seen: (await sight())?.seen ?? "",
          words: "From 24 December on",
          backUrl: "http://shop.example/bill/link",
        },
      },
    );
  return {
    ...{ ...bought, order, anna, bens, desk, look, row, sight, agree, person },
    offer: async (part = "ben", to = bens) => offerBill(world, anna, { personId: await person(part), email: to }),
    work: async () => {
      await answerBell(worker, { kind: "order", orderId }).catch(unlessVendor);
      await look();
    },
    /** Somebody types a card on the vendor's page. */
    give: (url: string, card = "5555555555554444") =>
      fetch(stripe.at(new URL(url).pathname), {
        method: "POST",
        body: new URLSearchParams({ ...typed, email: bens, name: "Ben Smith", card }),
        redirect: "manual",
      }),
    cards: async () =>
      (await sdk.customers.listPaymentMethods(customerId)).data.map(({ card }) => card?.last4).toSorted(),
    paying: async () => {
      const one = await sdk.subscriptions.retrieve(subscriptionId, { expand: ["default_payment_method"] });
      const method = one.default_payment_method;
      return typeof method === "object" ? method?.card?.last4 : undefined;
    },
    payer: async () => {
      const { payerName, payerEmail } = await db.order.findUniqueOrThrow({ where: { id: orderId } });
      return payerEmail && [payerName, payerEmail];
    },
    letters: async () =>
      (
        await db.mail.findMany({
          where: { kind: { startsWith: "payer-" }, to: { in: [email, bens] } },
        })
      )
        .map(({ kind, to }) => [kind, to === bens ? "ben" : "anna"])
        .toSorted(),
    ben: async () => {
      const userId = world.ids.id("usr");
      const times = { createdAt: clock.now(), updatedAt: clock.now() };
      await db.user.create({ data: { id: userId, name: "Ben", email: bens, emailVerified: true, ...times } });
      return { userId, tenantId };
    },
  };
}
type Family = Awaited<ReturnType<typeof family>>;

/** Asked, agreed to, and the card given. */
async function given(): Promise<Family> {
  const smith = await family();
  await smith.offer();
  expect((await smith.give(await smith.agree())).status).toBe(303);
  return smith;
}

/** And seen to by a worker. */
async function taken(): Promise<Family> {
  const smith = await given();
  await smith.work();
  expect((await smith.row()).state).toBe("done");
  return smith;
}

/** One of the staff, who has just shown a passkey. */
async function sam(): Promise<SignedIn> {
  const userId = world.ids.id("usr");
  await db.staffMember.create({ data: { userId, name: "Sam", role: "support", addedAt: clock.now() } });
  const email = `${userId}@nameplate.test`;
  return { userId, sessionId: world.ids.id("ses"), email, emailVerified: true, factor: "passkey", since: clock.now() };
}

describe("Another of the family takes over the bill", () => {
  test("with the same customer and subscription, and nothing is asked for before the next bill", async () => {
    const smith = await family();
    await smith.offer();
    await smith.offer();
    expect(await describePayer(world, smith.anna)).toMatchObject({
      pays: true,
      waiting: { given: "Ben", email: smith.bens, state: "asked" },
      others: [{ given: "Ben" }],
    });
    const sight = await smith.sight();
    expect(sight).toMatchObject({ state: "works", given: "Ben", payer: "Anna", name: smith.order.name });
    expect(sight?.bill && minorOf(sight.bill.total)).toBe(625);
    expect(JSON.stringify(sight)).not.toContain("ending 4242");
    const url = await smith.agree();
    expect(await smith.agree()).toBe(url);
    await smith.work();
    // Nothing is changed before the card is there.
    expect([await smith.paying(), await smith.payer()]).toEqual(["4242", null]);
    await smith.give(url);
    await smith.work();
    expect([await smith.paying(), await smith.cards()]).toEqual(["4444", ["4444"]]);
    expect(await smith.payer()).toEqual(["Ben Smith", smith.bens]);
    expect(await smith.sdk.customers.retrieve(smith.customerId)).toMatchObject({
      email: smith.bens,
      name: "Ben Smith",
    });
    expect(await smith.letters()).toEqual([
      ["payer-asked", "ben"],
      ["payer-before", "anna"],
      ["payer-new", "ben"],
    ]);
    expect((await smith.charges()).length).toBe(1);
    await stripe.tell("/renew", { subscription: smith.subscriptionId });
    const charges = await smith.charges();
    expect(charges.map(({ amount, payment_method_details: how }) => [amount, how?.card?.last4])).toEqual([
      [625, "4444"],
      [625, "4242"],
    ]);
    expect((await smith.sdk.subscriptions.list({ customer: smith.customerId, status: "all" })).data).toHaveLength(1);
    expect((await smith.sight())?.state).toBe("done");
    const { agreed } = payerChange.parse((await smith.row()).terms);
    expect(agreed).toMatchObject({ text, from: "192.0.2.7" });
  });

  test("who may see and change it from then on, and nobody else", async () => {
    const smith = await taken();
    const [{ anna }, ben] = [smith, await smith.ben()];
    const rest = { wish: "stop", restLabel: "The rest" } as const;
    const refused = { kind: "not-found" };
    await expect(describeBill(world, anna)).rejects.toMatchObject(refused);
    await expect(changeBill(world, anna, rest)).rejects.toMatchObject(refused);
    await expect(openCardPage({ ...world, desk: smith.desk }, anna, "http://shop.example/")).rejects.toMatchObject(
      refused,
    );
    await expect(answerNameYear(world, anna, { year: 2, answer: "yes" })).rejects.toMatchObject(refused);
    await expect(askForPeriod(world, anna, "year")).rejects.toMatchObject(refused);
    await expect(takeOfferBack(world, anna, (await smith.row()).id)).rejects.toMatchObject(refused);
    const labelOf = async () => "Home";
    await expect(askForTerms(world, anna, { kind: "plan", plan: "person" }, labelOf)).rejects.toMatchObject(refused);
    await expect(offerBill(world, anna, { personId: "x", email: "x@post.example" })).rejects.toMatchObject(refused);
    expect(await describePayer(world, anna)).toMatchObject({ pays: false, name: "Ben Smith", email: "", others: [] });
    // The home stays hers.
    expect(await describeHome(world, anna)).toMatchObject({ bill: null, paidBy: "Ben Smith", owed: null });
    const dora = { kind: "add", person: { key: "k", given: "Dora", part: "dora", kind: "child" } } as const;
    expect(await askForTerms(world, anna, dora, labelOf)).toBeDefined();

    expect((await describeBill(world, ben)).card?.label).toBe("Mastercard ending 4444");
    expect((await describePayer(world, ben))?.others).toMatchObject([{ given: "Anna" }]);
    await expect(describeHome(world, ben)).rejects.toMatchObject(refused);
    await expect(describeCards(world, ben)).rejects.toMatchObject(refused);
    await expect(askForTerms(world, ben, dora, labelOf)).rejects.toMatchObject(refused);
    const who = { userId: ben.userId, email: smith.bens, emailVerified: true } as Parameters<typeof listHomes>[1];
    expect(await listHomes(world, who)).toMatchObject([{ name: smith.order.name, runs: false }]);
    expect([await maySignIn(world, smith.bens), await maySignIn(world, "stranger@post.example")]).toEqual([
      true,
      false,
    ]);
    await changeBill(world, ben, rest);
    await smith.work();
    const stopped = await db.mail.findFirstOrThrow({ where: { kind: "stopped", to: smith.bens } });
    expect(stopped.kind).toBe("stopped");
  });

  test("who is gone, the staff ask whoever runs the home, who agrees as anybody does; and the history says all of it", async () => {
    const smith = await taken();
    const staff = await sam();
    // Who bought the home need not have used a card.
    await db.card.updateMany({ where: { personId: await smith.person("anna") }, data: { usedAt: null } });
    const asked = { orderId: smith.orderId, reason: "Ben has died" };
    await expect(askOwnerToPay(world, undefined, asked)).rejects.toMatchObject({ kind: "not-found" });
    await askOwnerToPay(world, staff, asked);
    expect(await db.audit.count({ where: { subject: smith.orderId, act: "ask-to-pay" } })).toBe(1);
    await smith.give(await smith.agree(), "4242424242424242");
    await smith.work();
    expect([await smith.paying(), await smith.cards()]).toEqual(["4242", ["4242"]]);
    expect((await smith.payer())?.[1]).toBe(smith.order.email);
    await expect(describePayer(world, await smith.ben())).rejects.toMatchObject({ kind: "not-found" });
    const { payer, events } = await describeFamily(world, staff, { orderId: smith.orderId });
    expect(payer?.email).toBe(smith.order.email);
    expect(events.flatMap((one) => (one.kind === "payer" ? [[one.what, one.given]] : []))).toEqual(
      expect.arrayContaining([
        ["payer-asked", "Ben"],
        ["payer-over", "Ben"],
        ["payer-over", "Anna"],
      ]),
    );
  });

  test("beyond what it costs today only whoever pays says yes to, whoever chose it", async () => {
    const smith = await taken();
    await db.person.createMany({
      data: ["c", "d", "e"].map((part, n) => ({
        ...{ id: world.ids.id("per"), tenantId: smith.anna.tenantId, place: 3 + n, given: part, part, kind: "child" },
        ...{ runsHome: false, page: false, createdAt: clock.now() },
      })),
    });
    const seventh = { kind: "add", person: { key: "k", given: "Fay", part: "fay", kind: "child" } } as const;
    await expect(askForTerms(world, smith.anna, seventh, async () => "Home")).rejects.toMatchObject({
      say: { key: "family.terms.notPayer" },
    });
  });

  test("once, wherever a process ends after the vendor has heard it", async () => {
    const places = [
      ["subscriptions.update", 0],
      ["customers.update", 0],
      ["paymentMethods.detach", 0],
      ["customers.update", 1],
    ] as const;
    for (const [call, skip] of places) {
      const smith = await given();
      await stripe.tell("/faults", { call, kind: "500-after", times: 1, skip });
      await smith.work();
      expect([call, (await smith.row()).state]).toEqual([call, "wanted"]);
      clock.push(60);
      await smith.work();
      expect([call, (await smith.row()).state]).toEqual([call, "done"]);
      expect([await smith.paying(), await smith.cards()]).toEqual(["4444", ["4444"]]);
      expect(await smith.letters()).toHaveLength(3);
    }
  });

  test("and is found by the sweep where every webhook is lost, and where the answer with the page's address was", async () => {
    const smith = await family();
    await smith.offer();
    await stripe.tell("/faults", { call: "checkout.sessions.create", kind: "500-after", times: 1 });
    await expect(smith.agree()).rejects.toThrow();
    await smith.give(await smith.agree());
    clock.push(60);
    await findGivenCards(worker);
    expect((await smith.row()).state).toBe("wanted");
    await smith.work();
    expect(await smith.paying()).toBe("4444");
  });
});

describe("Nothing changes", () => {
  test("by a card that is refused, or a page that is left; the link works on", async () => {
    const smith = await family();
    await smith.offer();
    const url = await smith.agree();
    expect((await smith.give(url, "4000000000000002")).status).toBe(402);
    await smith.work();
    expect([await smith.paying(), (await smith.sight())?.state]).toEqual(["4242", "works"]);
    clock.push(2 * day);
    await smith.work();
    await smith.give(await smith.agree());
    await smith.work();
    expect(await smith.paying()).toBe("4444");
  });

  test("by what is taken back: the page is ended, and a card that was given is forgotten", async () => {
    for (const gives of [false, true]) {
      const smith = await family();
      await smith.offer();
      const url = await smith.agree();
      if (gives) await smith.give(url);
      await takeOfferBack(world, smith.anna, (await smith.row()).id);
      await takeOfferBack(world, smith.anna, (await smith.row()).id);
      expect((await smith.sight())?.state).toBe("taken-back");
      await expect(smith.agree()).rejects.toMatchObject({ kind: "changed-meanwhile" });
      await smith.work();
      expect((await smith.row()).state).toBe("replaced");
      expect([await smith.paying(), await smith.cards(), await smith.payer()]).toEqual(["4242", ["4242"], null]);
      expect((await smith.give(url)).status).toBe(gives ? 303 : 410);
      // Another may be asked from now on.
      await smith.offer();
      expect((await smith.sight())?.state).toBe("works");
    }
  });

  test("by what nobody answered in seven days", async () => {
    const smith = await family();
    await smith.offer();
    clock.push(7 * day + 60);
    expect((await smith.sight())?.state).toBe("ran-out");
    await expect(smith.agree()).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect((await describePayer(world, smith.anna))?.waiting).toBeNull();
    await findGivenCards(worker);
    await smith.work();
    expect((await smith.row()).state).toBe("given-up");
  });

  test("without a yes, or by a yes to another bill than they saw", async () => {
    const smith = await family();
    await smith.offer();
    await expect(smith.agree(false)).rejects.toMatchObject({ say: { key: "payBill.errors.agree" } });
    const token = offerToken(world.linkKey, (await smith.row()).id);
    const yes = { token, agreed: true, text, from: null, seen: "[]", words: "", backUrl: "http://shop.example/" };
    await expect(takeBill({ ...world, desk: smith.desk }, yes)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await lookAtOffer(world, "guessed")).toBeUndefined();
  });
});

describe("Nobody is asked", () => {
  test("who is a child, has not moved in, lives elsewhere or pays already; nor two at once", async () => {
    const [smith, other] = [await family(), await family()];
    await expect(smith.offer("mia")).rejects.toMatchObject({ kind: "not-found" });
    const elsewhere = { personId: await other.person("ben"), email: smith.bens };
    await expect(offerBill(world, smith.anna, elsewhere)).rejects.toMatchObject({ kind: "not-found" });
    await expect(smith.offer("ben", smith.order.email ?? "")).rejects.toMatchObject({
      say: { key: "family.payer.errors.same" },
    });
    await expect(smith.offer("ben", "ben")).rejects.toMatchObject({ say: { key: "family.payer.errors.email" } });
    await db.card.updateMany({ where: { personId: await smith.person("ben") }, data: { usedAt: null } });
    await expect(smith.offer()).rejects.toMatchObject({ kind: "not-found" });
    await db.card.updateMany({ where: { personId: await smith.person("ben") }, data: { usedAt: clock.now() } });
    await smith.offer();
    await expect(smith.offer("ben", "other@post.example")).rejects.toMatchObject({
      say: { key: "family.payer.errors.open" },
    });
  });

  test("while the bill is about to end", async () => {
    const smith = await family();
    await smith.offer();
    await changeBill(world, smith.anna, { wish: "stop", restLabel: "The rest" });
    expect((await smith.sight())?.state).toBe("not-now");
    await expect(smith.agree()).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });
});

describe("A database that is set back", () => {
  const setBack = async ({ orderId }: Family, row?: Awaited<ReturnType<Family["row"]>>) => {
    await db.billChange.deleteMany({ where: { orderId } });
    const nobody = { payerChange: null, payerName: null, payerEmail: null, payerSince: null };
    await db.order.update({ where: { id: orderId }, data: nobody });
    if (row) await db.billChange.create({ data: { ...row, terms: row.terms ?? {} } });
  };

  test("to when it was wanted, asked, or not thought of ends with who pays now", async () => {
    const smith = await family();
    await smith.offer();
    const asked = await smith.row();
    await smith.give(await smith.agree());
    await smith.work();
    const done = await smith.row();
    for (const row of [{ ...done, state: "wanted", doneAt: null }, asked, undefined]) {
      await setBack(smith, row);
      await smith.work();
      await smith.work();
      expect(await smith.payer()).toEqual(["Ben Smith", smith.bens]);
      expect([await smith.paying(), await smith.cards()]).toEqual(["4444", ["4444"]]);
      if (row) expect((await smith.row()).state).toBe("done");
    }
  });

  test("to before, and whoever takes it back then, is not rid of who pays", async () => {
    const smith = await family();
    await smith.offer();
    const url = await smith.agree();
    const asked = await smith.row();
    await smith.give(url);
    await smith.work();
    await setBack(smith, asked);
    await takeOfferBack(world, smith.anna, asked.id);
    await smith.work();
    expect([(await smith.row()).state, await smith.payer()]).toEqual(["done", ["Ben Smith", smith.bens]]);
    expect(await smith.cards()).toEqual(["4444"]);
  });

  test("to before, and another card given since, stays with that card", async () => {
    const smith = await taken();
    const row = await smith.row();
    const method = await smith.sdk.paymentMethods.attach("pm_card_visa", { customer: smith.customerId });
    await smith.sdk.subscriptions.update(smith.subscriptionId, { default_payment_method: method.id });
    await setBack(smith, { ...row, state: "wanted", doneAt: null });
    await smith.work();
    expect(await smith.paying()).toBe("4242");
    expect(await smith.payer()).toEqual(["Ben Smith", smith.bens]);
  });
});
