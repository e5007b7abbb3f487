import { secondsAfter } from "@/lib/clock.ts";
import { describeOrderProgress } from "@/lib/orders/describe-watch.ts";
import { noteEvent } from "@/lib/orders/note-event.ts";
import { webhookEvents } from "@/lib/stripe/webhook-events.ts";
import type { Bell } from "@/lib/world.ts";
import { signatureOf } from "@/sandbox/stripe/webhooks/sign.ts";
import { answerBell } from "@/workers/answer-bell.ts";
import { findDue, sweepSlowly } from "@/workers/sweep.ts";
import { Killed } from "./process.ts";
import { stripeKeys, webhookSecret } from "./vendors.ts";
import type { SimWorld, Web, Worker } from "./world.ts";

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
}

/** How webhooks come: as they happen, or in the case's own way. */
export type Postman = (
  events: readonly StripeEvent[],
  deliver: (event: StripeEvent) => Promise<unknown>,
) => Promise<void>;
export const inOrder: Postman = async (events, deliver) => {
  for (const event of events) await deliver(event);
};

/** What a life remembers of what was before it. */
export interface Memory {
  /** Webhooks that came; they do not come again. */
  readonly delivered: readonly string[];
  readonly sweptAt: Date;
}

/** A simulated copy at work: webhooks come in, workers answer bells and sweep, time passes from one due moment to the next. */
export class Life {
  readonly world: SimWorld;
  #worker: Worker;
  #web: Web;
  readonly #delivered: Set<string>;
  #sweptAt: Date;
  postman: Postman = inOrder;
  /**
   * Over months: a finished home is looked at once each time that is lived through, and not in every hour of it. No time is
   * spent on every page after every round.
   */
  sparing = false;
  /** No round has had anything to do since the one in which the slow sweep last went by. */
  #sweptClean = false;
  /** When the time began that is lived through now. */
  #since = new Date(0);
  /** What buyers' pages showed after each round. */
  readonly shown: { readonly orderId: string; readonly at: string; readonly phase: string; readonly name: string }[] =
    [];

  constructor(world: SimWorld, { delivered, sweptAt }: Memory = { delivered: [], sweptAt: new Date(0) }) {
    this.world = world;
    this.#delivered = new Set(delivered);
    this.#sweptAt = sweptAt;
    this.#worker = world.worker();
    this.#web = world.web();
  }

  /** The worker that is at work; a killed one has been replaced. */
  get worker(): Worker {
    if (!this.#worker.process.alive) this.#worker = this.world.worker();
    return this.#worker;
  }

  get memory(): Memory {
    return { delivered: [...this.#delivered], sweptAt: this.#sweptAt };
  }

  /** One round, as everything in it comes in a second or two of a real copy. Says whether there was anything to do. */
  async tick(): Promise<boolean> {
    const delivered = await this.bringWebhooks();
    const sweeps = this.#sweepsNow();
    if (sweeps) {
      await this.#survive(() => sweepSlowly(this.worker));
      this.#sweptAt = this.world.clock.now();
    }
    const rung = this.world.rung.splice(0);
    const due = await this.#withoutRoutine((await this.#survive(() => findDue(this.worker))) ?? []);
    const bells = new Map([...rung, ...due].map((bell) => [JSON.stringify(bell), bell]));
    await this.#answerAll([...bells.values()]);
    await this.#lookAtPages();
    const busy = delivered > 0 || bells.size > 0;
    this.#sweptClean = sweeps || (this.#sweptClean && !busy);
    return busy;
  }

  #sweepsNow(): boolean {
    return this.world.clock.now() >= secondsAfter(this.#sweptAt, slowSweepSeconds);
  }

  /**
   * Ticks until nothing is due for half an hour, nothing was rung, and the slow sweep went by after all that was done. Returns the
   * rounds in which there was something to do.
   */
  async untilQuiet(most = 200): Promise<number> {
    let busy = 0;
    this.#since = this.world.clock.now();
    for (let round = 0; round < most; round++) {
      if (await this.tick()) busy++;
      const next = await this.nextMoment();
      const rung = this.world.rung.length > 0;
      if (next === undefined && !rung && this.#sweptClean) return busy;
      const wait = rung ? 0 : next ? (next.getTime() - this.world.clock.now().getTime()) / 1000 : slowSweepSeconds;
      // A round takes a second at least: with time standing still, what happened before could not be told from after.
      this.world.clock.pass(Math.max(1, wait));
    }
    throw new Error(`Not quiet after ${most} rounds`);
  }

  /** Rounds until then, with time passing from one due moment to the next. */
  async live(until: Date): Promise<void> {
    const { clock } = this.world;
    this.#since = clock.now();
    while (clock.now() < until) {
      await this.tick();
      const next = this.world.rung.length > 0 ? clock.now() : ((await this.nextMoment()) ?? until);
      clock.pass(
        Math.max(
          this.sparing ? sparingSeconds : 1,
          (Math.min(next.getTime(), until.getTime()) - clock.now().getTime()) / 1000,
        ),
      );
    }
  }

  async #withoutRoutine(due: readonly Bell[]): Promise<readonly Bell[]> {
    if (!this.sparing || due.length === 0) return due;
    const finished = await this.world.database.db.$queryRaw<{ id: string }[]>`
      SELECT id FROM "Tenant" t WHERE "readyAt" IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM "StepState" s
        WHERE s."tenantId" = t.id AND (s.state <> 'settled' OR s."lookedAt" < ${this.#since}))`;
    const rest = new Set(finished.map(({ id }) => id));
    return due.filter((bell) => bell.kind !== "tenant" || !rest.has(bell.tenantId));
  }

  /** Side by side, as a worker with many hands answers them; of one that is killed, what it had not begun goes to the next. */
  async #answerAll(bells: readonly Bell[]): Promise<void> {
    const left = [...bells];
    const hand = async (): Promise<void> => {
      for (let bell = left.shift(); bell; bell = left.shift()) await this.answer(bell);
    };
    await Promise.all(Array.from({ length: this.sparing ? sparingHands : bells.length }, hand));
    // A job that failed ends before what it had begun side by side.
    await this.world.baton.rest();
  }

  async answer(bell: Bell, worker = this.worker): Promise<void> {
    await this.#survive(() => answerBell(worker, bell));
  }

  /** Events the vendor has that our endpoint did not take, brought as the postman brings them. */
  async bringWebhooks(): Promise<number> {
    const fresh = (await this.events()).filter(({ id }) => !this.#delivered.has(id));
    for (const { id } of fresh) this.#delivered.add(id);
    await this.postman(fresh, (event) => this.deliver(event));
    return fresh.length;
  }

  /** Everything the vendor would tell us, oldest first; or all that it could. */
  async events(which: "subscribed" | "all" = "subscribed"): Promise<StripeEvent[]> {
    const types = which === "all" ? "" : webhookEvents.map((type) => `&types[]=${type}`).join("");
    const request = new Request(`http://stripe.test/v1/events?limit=100${types}`, {
      headers: { authorization: `Bearer ${stripeKeys.full}` },
    });
    return (await this.#page(request)).reverse();
  }

  /** A list of the vendor's, to its last page. */
  async #page(request: Request, before: readonly StripeEvent[] = []): Promise<StripeEvent[]> {
    const { stripe, stripeFaults } = this.world.vendors;
    const answer = await stripeFaults.byPostman(() => stripe.fetch(request));
    const { data, has_more } = (await answer.json()) as { data: StripeEvent[]; has_more: boolean };
    const all = [...before, ...data];
    if (!has_more) return all;
    const next = new URL(request.url);
    next.searchParams.set("starting_after", data.at(-1)?.id ?? "");
    return this.#page(new Request(next, { headers: request.headers }), all);
  }

  /** One delivery, signed at `at`. What the endpoint answers is the vendor's only news: an error means that it will come again. */
  async deliver(event: object, signed: { secret?: string; at?: Date } = {}): Promise<boolean> {
    if (!this.#web.process.alive) this.#web = this.world.web();
    const body = JSON.stringify(event);
    const at = Math.floor((signed.at ?? this.world.clock.now()).getTime() / 1000);
    const signature = signatureOf(body, signed.secret ?? webhookSecret, at);
    try {
      await noteEvent(this.#web, this.#web.webhooks, body, signature);
      return true;
    } catch (error) {
      this.world.said.push(`warn webhook refused: ${String(error)}`);
      if ("id" in event) this.#delivered.delete(String(event.id));
      return false;
    }
  }

  /** When the database says that there is something to do next, at most half an hour ahead. */
  async nextMoment(): Promise<Date | undefined> {
    const rows = await this.world.database.db.$queryRaw<{ at: Date | null }[]>`
      SELECT min(at) AS at FROM (
        SELECT "nextCheckAt" AS at FROM "Tenant" t WHERE NOT (${this.sparing} AND "readyAt" IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM "StepState" s WHERE s."tenantId" = t.id AND s.state <> 'settled'))
        UNION ALL SELECT "nextSyncAt" FROM "Order"
        UNION ALL SELECT "nextSyncAt" FROM "Customer"
        UNION ALL SELECT "nextTryAt" FROM "Mail" WHERE "sentAt" IS NULL AND "deadAt" IS NULL
        UNION ALL SELECT "receivedAt" + interval '3 seconds' FROM "WebhookEvent" WHERE "doneAt" IS NULL
        UNION ALL SELECT coalesce("nextTryAt", "createdAt") FROM "Refund" WHERE state IN ('wanted', 'asked') AND "deadAt" IS NULL
        UNION ALL SELECT coalesce("nextTryAt", "createdAt") FROM "BillChange" WHERE state IN ('wanted', 'asked') AND "deadAt" IS NULL
        UNION ALL SELECT coalesce("nextTryAt", "createdAt") FROM "NameYear" WHERE "readAt" IS NULL AND "priceMinor" IS NULL
        UNION ALL SELECT "nextTryAt" FROM "Trial"
        UNION ALL SELECT "nextTryAt" FROM "FailedBell" WHERE "deadAt" IS NULL
      ) AS moments WHERE at <= ${new Date(this.world.clock.now().getTime() + routineSeconds * 1000)}`;
    return rows[0]?.at ?? undefined;
  }

  async #lookAtPages(): Promise<void> {
    const { clock, database } = this.world;
    // A connection that was cut is noticed by whoever uses it next: a page is then loaded once more.
    const load = () =>
      database.db.order.findMany({
        orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
        ...(this.sparing ? { take: glances } : {}),
      });
    for (const order of await load().catch(load)) {
      const { phase, name } = await describeOrderProgress({ db: database.db, clock }, order);
      this.shown.push({ orderId: order.id, at: clock.now().toISOString(), phase, name });
    }
  }

  /** A job that fails is noted, and the next round goes on; a killed process ends it without a word. */
  async #survive<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Killed))
        this.world.said.push(`error job failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
      return undefined;
    }
  }
}

/** As in workers/run-sweep.ts. */
const slowSweepSeconds = 30;
/** A round of a long life takes so long at least: what comes due meanwhile is done together. */
const sparingSeconds = 5;
/** As many as a real worker has (lib/queue/hear-bells.ts). */
const sparingHands = 16;
/** Pages looked at after a round of a long life: the one with the newest news. */
const glances = 1;
/** Half of the time after which a finished home is looked at again: what is due later is routine. */
const routineSeconds = 1800;
