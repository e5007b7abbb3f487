import type { Clock } from "@/lib/clock.ts";
import type { Recorder } from "@/sandbox/shared/record.ts";
import { type KeptEvent, unixSeconds } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { postEvent } from "./post.ts";
import { signatureOf } from "./sign.ts";

export interface Endpoint {
  readonly url: string;
  readonly secret: string;
}

export interface CourierParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** Nothing is delivered without one. */
  readonly endpoint: Endpoint | undefined;
  /** Milliseconds between one try and the next; after the last, an event waits to be asked for. */
  readonly waits: readonly number[];
}

/** Stripe spreads its tries over hours; here a minute and a half must do. */
export const usualWaits: readonly number[] = [1_000, 3_000, 10_000, 30_000, 60_000];

/** Brings events to the endpoint, one after another, and again while it does not acknowledge them. */
export class Courier {
  readonly #parts: CourierParts;
  readonly #stop = new AbortController();
  #line: Promise<void> = Promise.resolve();

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** Takes up what an earlier run left undone, and from now on whatever happens. */
  start(): void {
    const { store } = this.#parts;
    store.onEvents((events) => this.#dispatch(events));
    this.#queue(this.#waiting().filter(({ id }) => !store.state.delivery(id).lost));
  }

  /** Sends this event now, or all that were never acknowledged. Resolves when each has been tried once. */
  async redeliver(event?: KeptEvent): Promise<readonly KeptEvent[]> {
    const events = event ? [event] : this.#waiting();
    this.#queue(events, true);
    await this.#line;
    return events;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#line;
  }

  #waiting(): KeptEvent[] {
    const { state } = this.#parts.store;
    return this.#parts.endpoint ? state.events().filter((event) => !state.isDelivered(event)) : [];
  }

  /** A fresh batch, treated as the mode says. */
  #dispatch(ids: readonly string[]): void {
    const { state, write } = this.#parts.store;
    const events = ids
      .flatMap((id) => state.event(id) ?? [])
      .filter(({ type }) => this.#parts.endpoint && state.wanted(type));
    const { mode, ms } = state.webhooks;
    if (mode === "lost") for (const { id } of events) write({ kind: "webhook.lost", event: id });
    else if (mode === "delay") this.#later(ms, events);
    else {
      const ordered = mode.includes("reorder") ? events.toReversed() : events;
      this.#queue(mode.includes("duplicate") ? ordered.flatMap((event) => [event, event]) : ordered, true);
    }
  }

  #later(ms: number, events: readonly KeptEvent[]): void {
    this.#parts.clock.sleep(ms).then(() => this.#queue(events));
  }

  /** `again` sends even what has been acknowledged. */
  #queue(events: readonly KeptEvent[], again = false): void {
    for (const event of events) this.#line = this.#line.then(() => this.#deliver(event, again));
  }

  async #deliver(event: KeptEvent, again: boolean): Promise<void> {
    const { store, clock, recorder, endpoint, waits } = this.#parts;
    if (!endpoint || this.#stop.signal.aborted || (!again && store.state.delivery(event.id).delivered)) return;
    const body = JSON.stringify(store.state.present(event), null, 2);
    const signature = signatureOf(body, endpoint.secret, unixSeconds(clock.now()));
    const posted = await postEvent(endpoint.url, body, signature, recorder, this.#stop.signal);
    // A try that our own stopping cut short is none; the next run makes it again.
    if (this.#stop.signal.aborted && !posted.delivered) return;
    store.write({ kind: "webhook.tried", event: event.id, ...posted });
    const { delivered, tries } = store.state.delivery(event.id);
    const wait = waits[tries.length - 1];
    if (!delivered && wait !== undefined) this.#later(wait, [event]);
  }
}
