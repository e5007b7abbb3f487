import type { Stage } from "./case.ts";
import { finishedHome, renew, smith } from "./family-home.ts";
import { askJourneys } from "./journeys-ask.ts";
import { billJourneys } from "./journeys-bill.ts";
import { childJourneys } from "./journeys-children.ts";
import { leaveJourneys } from "./journeys-leave.ts";
import { outJourneys } from "./journeys-out.ts";
import { parentJourneys } from "./journeys-parents.ts";
import { payerJourneys } from "./journeys-payer.ts";
import { returnJourneys } from "./journeys-return.ts";
import { termsJourneys } from "./journeys-terms.ts";
import { trialJourneys } from "./journeys-trial.ts";
import { yearJourneys } from "./journeys-year.ts";
import { Buyer } from "./world/buyer.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

/**
 * What happens to a family when nothing goes wrong. Each fault is tried in the journey that passes by it, so a long story is told
 * in short ones: what goes wrong at its end must not wait for its beginning.
 */
export interface Journey {
  readonly name: string;
  /** The journey that ended where this one begins. */
  readonly after?: Journey;
  /** What else came before; no fault is planned yet. */
  before?(stage: Stage): Promise<void>;
  run(stage: Stage): Promise<void>;
}

/** The name goes to a stranger between the payment and our purchase. */
const losing: Journey = {
  name: "a name that is lost",
  async run({ world, life }) {
    const buyer = await Buyer.fillIn(world, smith);
    await buyer.pay();
    await world.vendors.tell("cloudflare", "PUT", `/names/${smith}`, { state: "taken" });
    await life.untilQuiet();
  },
};

/** Whoever bought, in the same browser. */
function theBuyer({ world }: Stage): Buyer {
  const [browser] = world.browsers;
  if (!browser) throw new Error("Nobody has bought anything");
  return Buyer.comeBack(world, browser);
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
  losing,
  moneyBack: {
    name: "a lost name and the money back",
    after: losing,
    async run(stage) {
      await theBuyer(stage).askForMoney().catch(unlessABug);
      await stage.life.untilQuiet();
    },
  },
  anotherName: {
    name: "a lost name and another one",
    after: losing,
    async run(stage) {
      await theBuyer(stage).chooseAnother("smith-home.org").catch(unlessABug);
      await stage.life.untilQuiet();
    },
  },
  movingIn: {
    name: "using the owner's card",
    before: finishedHome,
    async run(stage) {
      await theBuyer(stage).moveIn().catch(unlessABug);
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
      await renew({ world, life });
      const [charge] = (await clients.stripe.charges.list()).data;
      await tell("stripe", "POST", "/disputes", { charge: charge?.id, as: "fraudulent" });
      await life.untilQuiet();
    },
  },
  ...billJourneys,
  ...yearJourneys,
  ...termsJourneys,
  ...outJourneys,
  ...returnJourneys,
  ...payerJourneys,
  ...childJourneys,
  ...askJourneys,
  ...trialJourneys,
  ...parentJourneys,
  ...leaveJourneys,
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
