import { minorOf } from "@/lib/billing/money.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { askForTerms, type TermsAsk } from "@/lib/households/ask-for-terms.ts";
import { confirmTerms } from "@/lib/households/confirm-terms.ts";
import { describeTerms } from "@/lib/households/describe-terms.ts";
import { handOutCards } from "@/lib/households/hand-out-cards.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { fullBook } from "@/lib/testing/books.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import type { World } from "@/lib/world.ts";
import type { movableClock, Running } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import type { WorkerTools } from "./tools.ts";

/** What a family that changes its terms lives in. */
export interface TermsStage {
  readonly world: World;
  readonly clock: ReturnType<typeof movableClock>;
  readonly stripe: Running;
  readonly worker: WorkerTools;
}

/** What they tick for a child who comes. */
export const agreed = { text: "I agree for the child", from: undefined };
export const labelOf = async (plan: string, heads: number) => `${plan} for ${heads}`;

export const child = (part: string): TermsAsk => ({
  kind: "add",
  person: { key: part, given: part, part, kind: "child" },
});

/** Anna, with so many others who have not used their cards: £4.50 for the home of up to six and £1.75 for the name. */
export async function termsFamily({ world, clock, stripe, worker }: TermsStage, others = 2) {
  const { db } = world;
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord") });
  const { customerId, subscriptionId, orderId } = bought;
  const people = Array.from({ length: others }, (_, n) => ({
    key: `k${n}`,
    given: `Ben ${n}`,
    part: `ben${n}`,
    kind: "child",
  }));
  const { order } = await makeOrder(world, {
    ...{
      id: orderId,
      state: "paid",
      paidAt: clock.now(),
      paidMinor: 625,
      paidCurrency: "GBP",
      people,
      quote: smithQuote,
    },
    ...{ stripeCustomerId: customerId, stripeSubscriptionId: subscriptionId },
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: clock.now(), accountAt: clock.now() } });
  await db.$transaction((tx) => handOutCards(tx, world, tenantId));
  const who = { userId: world.ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...who, role: "owner", since: clock.now() } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: clock.now(), nextSyncAt: clock.now() } });
  const look = () => answerBell(worker, { kind: "bill", customerId });
  const work = async (with_ = worker) => {
    await answerBell(with_, { kind: "order", orderId });
    await look();
  };
  await look();
  const ask = async (wanted: TermsAsk) =>
    (await askForTerms(world, who, wanted, labelOf, wanted.kind === "add-on" ? fullBook : undefined)) ?? "";
  const row = (id: string) => db.billChange.findUniqueOrThrow({ where: { id } });
  const person = (part: string) => db.person.findUniqueOrThrow({ where: { tenantId_part: { tenantId, part } } });
  return {
    ...{ ...bought, order, who, look, work, ask, row, person },
    /** Has used the card. */
    movesIn: async (part: string, kind: "adult" | "child" = "adult") => {
      const { id } = await person(part);
      await db.card.updateMany({ where: { personId: id }, data: { usedAt: clock.now() } });
      clock.push(1);
      return db.person.update({ where: { id }, data: { kind, email: `${part}@${order.name}.post.example` } });
    },
    view: (id: string) => describeTerms(world, who, id),
    confirm: (id: string) => confirmTerms(world, who, id, agreed),
    /** Asked, shown and said yes to. */
    want: async (wanted: TermsAsk) => {
      const id = await ask(wanted);
      await work();
      await confirmTerms(world, who, id, agreed);
      return id;
    },
    people: async () =>
      (await db.person.findMany({ where: { tenantId, ...livesThere }, orderBy: { place: "asc" } })).map(
        ({ part }) => part,
      ),
    quote: async () => {
      const { plan, home, total } = readQuote(await db.order.findUniqueOrThrow({ where: { id: orderId } }));
      return [plan, minorOf(home), minorOf(total)];
    },
    /** The home's line at the vendor. */
    home: async () => (await bought.sdk.subscriptions.retrieve(subscriptionId)).items.data[0]?.price.unit_amount,
    /** What they were written when it was done. */
    told: async (id: string) => {
      const { kind, values } = await db.mail.findUniqueOrThrow({ where: { cause: `changed:${id}` } });
      return testLetters(world)(kind, values);
    },
    pending: async () =>
      (await bought.sdk.invoiceItems.list({ customer: customerId, pending: true })).data.map(({ amount }) => amount),
    newest: async () => (await bought.sdk.invoices.list({ customer: customerId, limit: 1 })).data[0],
  };
}
