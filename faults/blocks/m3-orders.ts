import type { Case, Stage } from "../case.ts";
import { type Journey, journeys } from "../journeys.ts";
import { tell } from "../tell.ts";
import { Buyer, fillPaymentPage } from "../world/buyer.ts";
import type { StripeEvent } from "../world/life.ts";
import { alsoToldAs } from "./m3-telling.ts";

const [completed, expired] = ["checkout.session.completed", "checkout.session.expired"];
const [arrived, failed] = ["checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed"];
const [refundUpdated, disputed] = ["refund.updated", "charge.dispute.created"];

/** A payment page that our database has forgotten, as it was set back, and another one: both are paid. */
export const twoPages: Journey = {
  name: "two payment pages, both paid",
  async run({ world, life }) {
    const buyer = await Buyer.fillIn(world, "smith.family");
    const before = await world.database.backUp();
    const first = await buyer.pressPay();
    await world.database.restore(before);
    const second = await buyer.pressPay();
    await buyer.payAt(first);
    await fillPaymentPage(world, second);
    await life.untilQuiet();
  },
};

/** Every order in which things can be told. A webhook that comes before its turn is held back until the ones before it came. */
export const webhookOrders = (): readonly Case[] => [
  ...orders([expired, completed, arrived, failed]).map((order) => inOrder(journeys.payingAnew, order)),
  ...orders([`${completed}#1`, `${completed}#2`, refundUpdated]).map((order) => inOrder(twoPages, order)),
  ...orders([completed, refundUpdated, disputed]).map((order) => inOrder(journeys.moneyBack, order)),
  {
    block: "M3",
    name: "told of everything the vendor has, of renewals and invoices too",
    endsAs: journeys.moneyBack,
    async run(stage) {
      await tell(stage, journeys.moneyBack);
      for (const event of await stage.life.events("all")) await stage.life.deliver(event);
    },
  },
  {
    block: "M3",
    name: "told of a payment that never was",
    ends: ["unpaid"],
    async run({ world, life }) {
      const buyer = await Buyer.fillIn(world, "smith.family");
      await buyer.pressPay();
      world.clock.pass(3700);
      const [ranOut] = await life.events();
      if (!ranOut) throw new Error("The visit did not run out");
      await life.deliver(alsoToldAs(ranOut, completed));
      await life.untilQuiet();
    },
  },
];

const inOrder = (journey: Journey, order: readonly string[]): Case => ({
  block: "M3",
  name: `${journey.name}, told in this order: ${order.map((one) => one.replace("checkout.session.", "")).join(", ")}`,
  endsAs: journey,
  async run(stage) {
    const queue = new Queue(stage, order);
    stage.life.postman = (events) => queue.take(events);
    await tell(stage, journey);
    // What came of our last call is told a little later.
    stage.world.clock.pass(5);
    await stage.life.untilQuiet();
    queue.end();
  },
});

/** Holds events until it is their turn. Each is followed before the next comes. */
class Queue {
  readonly #stage: Stage;
  readonly #order: string[];
  readonly #held = new Map<string, StripeEvent>();
  readonly #counts = new Map<string, number>();

  constructor(stage: Stage, order: readonly string[]) {
    this.#stage = stage;
    this.#order = [...order];
  }

  async take(events: readonly StripeEvent[]): Promise<void> {
    for (const event of events) {
      const nth = (this.#counts.get(event.type) ?? 0) + 1;
      this.#counts.set(event.type, nth);
      this.#held.set(event.type, event).set(`${event.type}#${nth}`, event);
      if (event.type === completed)
        for (const type of [arrived, failed, disputed]) this.#held.set(type, alsoToldAs(event, type));
    }
    for (let next = this.#next(); next; next = this.#next()) await this.#tell(next);
  }

  #next(): StripeEvent | undefined {
    const event = this.#held.get(this.#order[0] ?? "");
    if (event) this.#order.shift();
    return event;
  }

  async #tell(event: StripeEvent): Promise<void> {
    await this.#stage.life.deliver(event);
    await this.#stage.life.answer({ kind: "event", eventId: event.id });
  }

  end(): void {
    if (this.#order.length > 0) throw new Error(`The journey did not bring ${this.#order.join(", ")}`);
  }
}

function orders<T>(things: readonly T[]): T[][] {
  if (things.length <= 1) return [[...things]];
  return things.flatMap((first, i) => orders(things.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}
