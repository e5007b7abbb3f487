import type { Case, Stage } from "../case.ts";
import { type Journey, journeys } from "../journeys.ts";
import { tell } from "../tell.ts";
import { Buyer } from "../world/buyer.ts";
import type { StripeEvent } from "../world/life.ts";
import { unlessABug } from "../world/unless-a-bug.ts";
import { webhookOrders } from "./m3-orders.ts";
import { beforeTheAnswer, toldAs } from "./m3-telling.ts";

/** A type of event that we are subscribed to, and where it comes from. */
interface Kind {
  readonly type: string;
  readonly journey: Journey;
  /** After this call the vendor has done it, and we have not written it down yet. (A bank's no comes long after its yes.) */
  readonly early?: string;
  readonly leftToAPerson?: true;
  /** The stand-in has no way of paying that arrives days later: its event is told of the visit in the place of this one. */
  readonly insteadOf?: string;
}

/** A bank takes the refund, and gives it back some seconds later. That card takes no refund: a person finds another way. */
const lateRefusal: Journey = {
  name: "a refund that the bank gives back",
  async run(stage) {
    const buyer = await Buyer.fillIn(stage.world, "smith.family");
    await buyer.pay("4000000000005126");
    await stage.world.vendors.tell("cloudflare", "PUT", "/names/smith.family", { state: "taken" });
    await stage.life.untilQuiet();
    await buyer.askForMoney().catch(unlessABug);
    await stage.life.untilQuiet();
  },
};

const completed = "checkout.session.completed";
const kinds: readonly Kind[] = [
  { type: completed, journey: journeys.buying, early: "desk.open" },
  {
    type: "checkout.session.async_payment_succeeded",
    journey: journeys.buying,
    early: "desk.open",
    insteadOf: completed,
  },
  {
    type: "checkout.session.async_payment_failed",
    journey: journeys.buying,
    early: "desk.open",
    insteadOf: completed,
  },
  { type: "checkout.session.expired", journey: journeys.payingAnew, early: "desk.close" },
  { type: "refund.updated", journey: journeys.moneyBack, early: "cashier.refund" },
  { type: "refund.failed", journey: lateRefusal, leftToAPerson: true },
];

/** What becomes of one event on its way to us. */
interface Way {
  readonly name: string;
  now(stage: Stage, event: StripeEvent): Promise<unknown>;
  /** When three more days have passed. */
  later?(stage: Stage, event: StripeEvent): Promise<unknown>;
}

const deliver = ({ life }: Stage, event: StripeEvent): Promise<boolean> => life.deliver(event);
const nothing = async (): Promise<void> => undefined;

/** One that must not be believed comes in the place of the true one, which is lost. */
const refused =
  (signed: (stage: Stage) => { secret?: string; at?: Date }) => async (stage: Stage, event: StripeEvent) => {
    if (await stage.life.deliver({ ...event, id: `${event.id}_forged` }, signed(stage)))
      throw new Error(`A webhook was believed that nobody signed: ${event.type}`);
  };
/** Twice what the product allows between the vendor's clock and ours. */
const staleMs = 600_000;

const ways: readonly Way[] = [
  {
    name: "delivered twice",
    async now(stage, event) {
      await deliver(stage, event);
      await deliver(stage, event);
    },
  },
  {
    name: "delivered twice at the same moment",
    now: (stage, event) => Promise.all([deliver(stage, event), deliver(stage, event)]),
  },
  { name: "delivered again after three days", now: deliver, later: deliver },
  { name: "lost", now: nothing },
  { name: "delayed past the end", now: nothing, later: deliver },
  { name: "with a bad signature", now: refused(() => ({ secret: "whsec_of_somebody_else" })) },
  {
    name: "with a stale timestamp",
    now: refused(({ world }) => ({ at: new Date(world.clock.now().getTime() - staleMs) })),
  },
];

/**
 * Every type of event that we ask for, in every way that it can come. Renewals, trials and invoices we do not ask for yet:
 * what the vendor tells of them without being asked is in m3-orders.ts.
 */
export const webhooks = (): readonly Case[] => [
  ...kinds.flatMap((kind) => [
    ...ways.map((way) => toCase(kind, way.name, (stage) => goWith(stage, kind, way))),
    ...(kind.early === undefined ? [] : [earlier(kind, kind.early)]),
  ]),
  ...webhookOrders(),
];

const toCase = ({ type, journey, leftToAPerson }: Kind, way: string, go: Case["run"]): Case => ({
  block: "M3",
  name: `${type} ${way}`,
  endsAs: journey,
  run: go,
  ...(leftToAPerson ? { leftToAPerson } : {}),
});

const earlier = (kind: Kind, call: string): Case =>
  toCase(kind, "earlier than the answer to our own call", async (stage) => {
    stage.life.postman = async (events) => {
      for (const event of events) await deliver(stage, toldAs(event, kind));
    };
    beforeTheAnswer(stage, call);
    await tell(stage, kind.journey);
  });

async function goWith(stage: Stage, kind: Kind, way: Way): Promise<void> {
  const { world, life } = stage;
  const met: StripeEvent[] = [];
  life.postman = async (events) => {
    for (const event of events.map((one) => toldAs(one, kind))) {
      if (event.type !== kind.type) await deliver(stage, event);
      else await way.now(stage, met[met.push(event) - 1] as StripeEvent);
    }
  };
  await tell(stage, kind.journey);
  // What came of our last call is told a little later.
  world.clock.pass(5);
  await life.untilQuiet();
  if (met.length === 0) throw new Error(`The journey brought no ${kind.type}`);
  world.clock.pass(3 * 86_400);
  for (const event of met) await way.later?.(stage, event);
}
