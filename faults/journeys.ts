import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Member } from "@/lib/households/access.ts";
import { answerNameYear } from "@/lib/households/answer-name-year.ts";
import { askForPeriod } from "@/lib/households/ask-for-period.ts";
import { askForTerms, type TermsAsk } from "@/lib/households/ask-for-terms.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { confirmTerms } from "@/lib/households/confirm-terms.ts";
import { noteStatement } from "@/lib/households/note-statement.ts";
import { openCardPage } from "@/lib/households/open-card-page.ts";
import { keepHome, withdraw } from "@/lib/households/withdraw.ts";
import { giveCoupon } from "@/lib/staff/give-coupon.ts";
import { sendEvidence } from "@/lib/staff/send-evidence.ts";
import type { Stage } from "./case.ts";
import { Buyer } from "./world/buyer.ts";
import { oneOfTheStaff } from "./world/staff.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

/** What happens to a family when nothing goes wrong. Each fault is tried in the journey that passes by it. */
export interface Journey {
  readonly name: string;
  /** What came before; no fault is planned yet. */
  before?(stage: Stage): Promise<void>;
  run(stage: Stage): Promise<void>;
}

const smith = "smith.family";

async function finishedHome(stage: Stage): Promise<void> {
  const buyer = await Buyer.fillIn(stage.world, smith);
  await buyer.pay();
  await stage.life.untilQuiet();
}

/** Whoever runs the home, as signed in. */
async function theOwner({ database: { db }, clock }: Stage["world"]): Promise<Member> {
  const { id: tenantId } = await db.tenant.findFirstOrThrow();
  const who = { userId: "usr_anna", tenantId };
  await db.membership.createMany({ data: [{ ...who, role: "owner", since: clock.now() }], skipDuplicates: true });
  return who;
}

/** The name goes to a stranger between the payment and our purchase. */
async function lose(stage: Stage): Promise<void> {
  await stage.world.vendors.tell("cloudflare", "PUT", `/names/${smith}`, { state: "taken" });
}

/** As the registry does by itself when a year is over; the stand-in does it never. */
function renewForAYear({ world }: Stage): void {
  const { registrations } = world.vendors.registry;
  const held = registrations.get(smith);
  if (held) registrations.set(smith, { ...held, expires: monthsAfter(new Date(held.expires), 12).toISOString() });
}

/** The family's own mail server, in a line that is none of ours. */
async function writeOwnLine({ world }: Stage): Promise<void> {
  const { registry } = world.vendors;
  const zone = registry.zoneNamed(smith);
  const now = world.clock.now().toISOString();
  const line = { type: "MX", name: smith, ttl: 300, proxied: false, content: "mail.example", priority: 10 } as const;
  const put = [{ ...line, tags: [], id: "family-own-line", created: now, modified: now }];
  registry.happen({ kind: "records.changed", zoneId: zone?.id ?? "", removed: [], put });
}

/** Two months and a few days are left of the name's first year then. */
const nearDays = 300;

async function takeDown({ world, life }: Stage): Promise<void> {
  const now = world.clock.now();
  await world.database.db.tenant.updateMany({ data: { want: "gone", holds: null, nextCheckAt: now } });
  await life.untilQuiet();
}

/** More lines than the vendor shows in a list of invoices, which it adds to the next one. */
const manyLines = 9;

async function addLines({ world }: Stage): Promise<void> {
  const { stripe } = world.vendors.clients;
  const [subscription] = (await stripe.subscriptions.list()).data;
  const customer = String(subscription?.customer);
  for (let nth = 1; nth <= manyLines; nth++)
    await stripe.invoiceItems.create({
      customer,
      subscription: subscription?.id ?? "",
      amount: nth,
      currency: "gbp",
      description: `An extra ${nth}`,
    });
}

const kindness = "KINDNESS";

/** As the operator does on the vendor's pages. */
async function makeCode({ world }: Stage): Promise<void> {
  const { stripe } = world.vendors.clients;
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: "once" });
  await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon }, code: kindness });
}

const cleo: TermsAsk = {
  kind: "add",
  person: { key: "k2", given: "Cleo", part: "cleo", kind: "adult", email: "cleo@post.example" },
};

/**
 * What they want is asked for, shown and said yes to, as by people who load a page again when it does not come, and choose once
 * more when it says that nothing was changed. Undefined where it is so already.
 */
async function changeTerms(
  { world, life }: Stage,
  wanted: () => Promise<TermsAsk | undefined>,
  tries = 3,
): Promise<void> {
  const who = await theOwner(world);
  const ask = await wanted();
  if (!ask || tries === 0) return;
  const askFor = () => askForTerms(world.web(), who, ask, async (plan, heads) => `${plan}, ${heads}`);
  const id = await askFor()
    .catch(unlessABug)
    .then((first) => first ?? askFor().catch(unlessABug));
  await life.untilQuiet();
  if (id) {
    // As whoever presses again when a page does not come.
    await confirmTerms(world.web(), who, id).catch(unlessABug);
    await confirmTerms(world.web(), who, id).catch(unlessABug);
    await life.untilQuiet();
    const change = await world.database.db.billChange.findUnique({ where: { id } });
    if (change?.state === "done" || change?.state === "refused") return;
  }
  await changeTerms({ world, life } as Stage, wanted, tries - 1);
}

export const journeys = {
  buying: {
    name: "buying a home",
    async run(stage) {
      const buyer = await Buyer.fillIn(stage.world, smith);
      await buyer.pay();
      await stage.life.untilQuiet();
    },
  },
  payingAnew: {
    name: "pressing the button twice",
    async run(stage) {
      const buyer = await Buyer.fillIn(stage.world, smith);
      await buyer.pressPay().catch(unlessABug);
      await buyer.pay();
      await stage.life.untilQuiet();
    },
  },
  moneyBack: {
    name: "a lost name and the money back",
    async run(stage) {
      const buyer = await Buyer.fillIn(stage.world, smith);
      await buyer.pay();
      await lose(stage);
      await stage.life.untilQuiet();
      await buyer.askForMoney().catch(unlessABug);
      await stage.life.untilQuiet();
    },
  },
  anotherName: {
    name: "a lost name and another one",
    async run(stage) {
      const buyer = await Buyer.fillIn(stage.world, smith);
      await buyer.pay();
      await lose(stage);
      await stage.life.untilQuiet();
      await buyer.chooseAnother("smith-home.org").catch(unlessABug);
      await stage.life.untilQuiet();
    },
  },
  movingIn: {
    name: "using the owner's card",
    async run(stage) {
      const buyer = await Buyer.fillIn(stage.world, smith);
      await buyer.pay();
      await stage.life.untilQuiet();
      await buyer.moveIn().catch(unlessABug);
      await stage.life.untilQuiet();
    },
  },
  healing: {
    name: "a home whose address book and renewal were spoilt",
    before: finishedHome,
    async run({ world, life }) {
      const { registry } = world.vendors;
      registry.happen({ kind: "registration.changed", name: smith, autoRenew: false });
      const zone = registry.zoneNamed(smith);
      if (zone) registry.happen({ kind: "zone.deleted", id: zone.id });
      await world.database.db.tenant.updateMany({ data: { nextCheckAt: world.clock.now() } });
      await life.untilQuiet();
    },
  },
  nextMonth: {
    name: "a second month, a long bill, and a dispute of it",
    async before(stage) {
      await finishedHome(stage);
      await addLines(stage);
    },
    async run({ world, life }) {
      const { clients, tell } = world.vendors;
      const [subscription] = (await clients.stripe.subscriptions.list()).data;
      world.clock.pass(31 * 86_400);
      await tell("stripe", "POST", "/renew", { subscription: subscription?.id });
      await life.untilQuiet();
      const [charge] = (await clients.stripe.charges.list()).data;
      await tell("stripe", "POST", "/disputes", { charge: charge?.id, as: "fraudulent" });
      await life.untilQuiet();
    },
  },
  answering: {
    name: "a disputed payment, evidence that is sent, and a coupon",
    async before(stage) {
      await finishedHome(stage);
      await makeCode(stage);
    },
    async run(stage) {
      const { clients, tell } = stage.world.vendors;
      const [charge] = (await clients.stripe.charges.list()).data;
      const dispute = (await tell("stripe", "POST", "/disputes", { charge: charge?.id })) as { readonly id?: string };
      await stage.life.untilQuiet();
      const staff = await oneOfTheStaff(stage.world);
      const evidence = { sold: "A homeserver", stopping: "One button", used: "It ran", more: "Nothing else" };
      const asked = { disputeId: String(dispute.id), evidence, reason: "The home was used" };
      // As whoever presses again when a page does not come.
      await sendEvidence(stage.world.web(), staff, asked).catch(unlessABug);
      await sendEvidence(stage.world.web(), staff, asked).catch(unlessABug);
      await stage.life.untilQuiet();
      const { id: orderId } = await stage.world.database.db.order.findFirstOrThrow();
      await giveCoupon(stage.world.web(), staff, { orderId, code: kindness, reason: "For the trouble" }).catch(
        unlessABug,
      );
      await stage.life.untilQuiet();
      await tell("stripe", "POST", "/disputes/close", { dispute: dispute.id, status: "won" });
      await stage.life.untilQuiet();
    },
  },
  stopping: {
    name: "another card, a wish to stop, and the last bill",
    before: finishedHome,
    async run({ world, life }) {
      const { clients, tell } = world.vendors;
      const who = await theOwner(world);
      const web = world.web();
      await openCardPage(web, who, "https://nameplate.test/home").catch(unlessABug);
      const [subscription] = (await clients.stripe.subscriptions.list()).data;
      const label = { restLabel: "The rest of the year" };
      // As whoever presses again when a page does not come.
      await changeBill(web, who, { wish: "stop", ...label }).catch(unlessABug);
      await changeBill(world.web(), who, { wish: "stop", ...label });
      await life.untilQuiet();
      await tell("stripe", "POST", "/renew", { subscription: subscription?.id });
      world.clock.pass(31 * 86_400);
      await life.untilQuiet();
      // The vendor charges an hour after a bill was drawn.
      world.clock.pass(2 * 3600);
      await life.untilQuiet();
    },
  },
  laterYear: {
    name: "a name whose second year costs much more, which the family is told and says yes to",
    async before(stage) {
      await finishedHome(stage);
      const { clock, vendors } = stage.world;
      const price = { registration: "30.00", renewal: "30.00" };
      await vendors.tell("cloudflare", "PUT", "/extensions/family", { price });
      clock.pass(nearDays * 86_400);
      await stage.life.untilQuiet();
    },
    async run(stage) {
      const { world, life } = stage;
      const { db } = world.database;
      const who = await theOwner(world);
      const { startedAt } = await db.subscription.findFirstOrThrow();
      const begins = monthsAfter(startedAt, 12);
      const passTo = (at: Date): void => world.clock.pass((at.getTime() - world.clock.now().getTime()) / 1000);
      // Read, told, and written into the bill.
      for (const daysBefore of [59, 45, 2]) {
        passTo(daysAfter(begins, -daysBefore));
        // A copy of the bill, what follows from it, and what that rings for. The rest of the home's life is in other journeys.
        for (let rounds = 0; rounds < 3; rounds++) {
          await life.tick();
          world.clock.pass(60);
        }
        if (daysBefore !== 45) continue;
        // As whoever presses again when a page does not come. Who was not told yet is not asked.
        for (const _ of ["once", "and again"])
          await answerNameYear(world.web(), who, { year: 2, answer: "yes" }).catch(unlessABug);
      }
    },
  },
  withdrawing: {
    name: "withdrawing, thinking better of it, and withdrawing after all",
    before: finishedHome,
    async run({ world, life }) {
      const who = await theOwner(world);
      const web = world.web();
      const label = "The rest of the year";
      // As whoever presses again when a page does not come.
      await withdraw(web, who, label).catch(unlessABug);
      await withdraw(world.web(), who, label);
      await keepHome(world.web(), who).catch(unlessABug);
      await keepHome(world.web(), who);
      // A receipt of another minute.
      world.clock.pass(3600);
      const { email } = await world.database.db.order.findFirstOrThrow();
      const said = { email: email ?? "", name: smith, restLabel: label };
      // Said twice in two rows: either of them is enough.
      for (const _ of ["once", "and again"]) await noteStatement(world.web(), said).catch(unlessABug);
      await life.untilQuiet();
      world.clock.pass(3 * 86_400 + 60);
      await life.untilQuiet();
      // The vendor charges an hour after a bill was drawn.
      world.clock.pass(2 * 3600);
      await life.untilQuiet();
    },
  },
  changingTerms: {
    name: "taking a child out, the plan for one, somebody more, and the bill after it",
    before: finishedHome,
    async run(stage) {
      const { world, life } = stage;
      const { db } = world.database;
      await changeTerms(stage, async () => {
        const child = await db.person.findFirst({ where: { kind: "child" } });
        return child ? { kind: "out", personId: child.id } : undefined;
      });
      // A card that pays another day than it was bought: some of the month is used.
      world.clock.pass(9 * 86_400);
      await changeTerms(stage, async () => ({ kind: "plan", plan: "person" }));
      world.clock.pass(86_400);
      await changeTerms(stage, async () => ((await db.person.count()) > 1 ? undefined : cleo));
      const [subscription] = (await world.vendors.clients.stripe.subscriptions.list()).data;
      world.clock.pass(31 * 86_400);
      await world.vendors.tell("stripe", "POST", "/renew", { subscription: subscription?.id });
      await life.untilQuiet();
    },
  },
  turningTheYear: {
    name: "paying by the year from when the name's year begins anew",
    async before(stage) {
      await finishedHome(stage);
      stage.note({ what: "a year passes" });
      renewForAYear(stage);
      stage.world.clock.pass(360 * 86_400);
      await stage.life.untilQuiet();
    },
    async run(stage) {
      const { world, life } = stage;
      const who = await theOwner(world);
      // As whoever presses again when a page does not come.
      const ask = () => askForPeriod(world.web(), who, "year").catch(unlessABug);
      const id = (await ask()) ?? (await ask());
      await life.untilQuiet();
      for (const _ of ["once", "and again"]) if (id) await confirmTerms(world.web(), who, id).catch(unlessABug);
      // The vendor is told in the last three days.
      world.clock.pass(3 * 86_400);
      await life.untilQuiet();
      world.clock.pass(3 * 86_400);
      await life.untilQuiet();
    },
  },
  takingDown: {
    name: "taking a home down",
    async before(stage) {
      await finishedHome(stage);
      await writeOwnLine(stage);
    },
    run: takeDown,
  },
  leaving: {
    name: "taking a home down whose name has left",
    async before(stage) {
      await finishedHome(stage);
      stage.world.vendors.registry.happen({ kind: "registration.removed", name: smith });
    },
    run: takeDown,
  },
} as const satisfies Readonly<Record<string, Journey>>;
