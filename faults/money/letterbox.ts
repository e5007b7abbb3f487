import { secondsAfter } from "@/lib/clock.ts";
import { noteEvent } from "@/lib/orders/note-event.ts";
import { webhookEvents } from "@/lib/stripe/webhook-events.ts";
import { signatureOf } from "@/sandbox/stripe/webhooks/sign.ts";
import { stripeKeys, webhookSecret } from "../world/vendors.ts";
import type { SimWorld, Web } from "../world/world.ts";
import type { Dice } from "./dice.ts";

interface Event {
  readonly id: string;
  readonly created: number;
}

/** Of a hundred rounds so many bring no webhook at all: our door was shut. */
const shut = 40;
/** Of a hundred webhooks so many never come, come twice, or come a round later. */
const [lost, doubled, late] = [15, 10, 15];
/** More than this of a round are lost, too: a year goes by at once here, and following each of its events is no news. */
const mostARound = 4;

/** The way of webhooks to us, on which some are lost, doubled or late, in any order. */
export class Letterbox {
  readonly #world: SimWorld;
  readonly #web: Web;
  readonly #dice: Dice;
  #newest: Event | undefined;
  #late: Event[] = [];

  constructor(world: SimWorld, web: Web, dice: Dice) {
    this.#world = world;
    this.#web = web;
    this.#dice = dice;
  }

  /** Brings what comes of all that happened since. */
  async bring(): Promise<void> {
    const fresh = await this.#fresh();
    const dice = this.#dice;
    if (dice.happens(shut)) return;
    const come = fresh.slice(-mostARound).filter(() => !dice.happens(lost));
    const [now, later] = [this.#late, [] as Event[]];
    for (const event of come) (dice.happens(late) ? later : now).push(event);
    this.#late = later;
    const twice = now.flatMap((event) => (dice.happens(doubled) ? [event, event] : [event]));
    for (const event of dice.happens(late) ? twice.toReversed() : twice) await this.#deliver(event);
  }

  /** Oldest first. The vendor tells whole seconds, and forgets after thirty days: what it listed last time is known by its id. */
  async #fresh(): Promise<Event[]> {
    const query = new URLSearchParams({ limit: "100", "created[gte]": String(this.#newest?.created ?? 0) });
    for (const type of webhookEvents) query.append("types[]", type);
    const { stripe, stripeFaults } = this.#world.vendors;
    const request = new Request(`http://stripe.test/v1/events?${query}`, {
      headers: { authorization: `Bearer ${stripeKeys.full}` },
    });
    const answer = await stripeFaults.byPostman(() => stripe.fetch(request));
    // The newest hundred; what is beyond them is lost, as most of a year is.
    const { data } = (await answer.json()) as { data: Event[] };
    const known = data.findIndex(({ id }) => id === this.#newest?.id);
    this.#newest = data[0] ?? this.#newest;
    return (known < 0 ? data : data.slice(0, known)).toReversed();
  }

  async #deliver(event: Event): Promise<void> {
    const body = JSON.stringify(event);
    const now = this.#world.clock.now();
    const at = Math.floor(secondsAfter(now, 0).getTime() / 1000);
    await noteEvent(this.#web, this.#web.webhooks, body, signatureOf(body, webhookSecret, at));
  }
}
