import type { Entry } from "@/sandbox/shared/ledger.ts";
import type { Dunning } from "../billing/dunning.ts";
import { type EventRequest, eventOf, type StripeEvent } from "../objects/event.ts";
import type { ObjectName, ObjectOf, StripeObject } from "../objects/index.ts";
import { dueAt, testClockOf } from "./agenda.ts";
import type { Aside } from "./asides.ts";
import type { AnswerSaved, Kept, StripeHappening, WebhookMode, WebhookTried } from "./happenings.ts";

export interface KeptEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly object: StripeObject;
  readonly previous: object | null;
  readonly request: EventRequest;
}

/** How far an event has come on its way to the endpoint. */
export interface Delivery {
  readonly event: string;
  readonly tries: readonly Entry<WebhookTried>[];
  readonly lost: boolean;
  readonly delivered: boolean;
}

export type SavedAnswer = Entry<AnswerSaved>;

/** Everything the stand-in knows, folded from its ledger. Only `apply` changes it. */
export class State {
  readonly #tables = new Map<ObjectName, Map<string, StripeObject>>();
  readonly #asides = new Map<string, Aside>();
  /** When something is to be done about an object next, in unix seconds. */
  readonly #agenda = new Map<StripeObject, number>();
  readonly #events = new Map<string, KeptEvent>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #answers = new Map<string, SavedAnswer>();
  /** Which types of event the endpoint is subscribed to. */
  wanted: (type: string) => boolean = () => true;
  /** What is done about a renewal that is not paid. */
  dunning: Dunning;
  webhooks: { readonly mode: WebhookMode; readonly ms: number } = { mode: "normal", ms: 0 };

  constructor(dunning: Dunning) {
    this.dunning = dunning;
  }

  find<N extends ObjectName>(name: N, id: string | null): ObjectOf<N> | undefined {
    return this.#tables.get(name)?.get(id ?? "") as ObjectOf<N> | undefined;
  }

  /** Oldest first. */
  all<N extends ObjectName>(name: N): ObjectOf<N>[] {
    return [...(this.#tables.get(name)?.values() ?? [])] as ObjectOf<N>[];
  }

  /** The object of that id, whatever it is. */
  any(id: string): StripeObject | undefined {
    for (const table of this.#tables.values()) {
      const found = table.get(id);
      if (found) return found;
    }
    return undefined;
  }

  /** What is due first, at `until` at the latest, on that test clock; null is the clock of the whole stand-in. */
  nextDue(testClock: string | null, until: number): { readonly object: StripeObject; readonly at: number } | undefined {
    let next: { readonly object: StripeObject; readonly at: number } | undefined;
    for (const [object, at] of this.#agenda) {
      if (at > until || (next && at >= next.at) || testClockOf(this, object) !== testClock) continue;
      next = { object, at };
    }
    return next;
  }

  /** The time on the test clock by which one of these lives; undefined when none does. */
  momentOf(ids: readonly string[]): number | undefined {
    for (const id of ids) {
      const object = this.any(id);
      const clock = object && this.find("test_helpers.test_clock", testClockOf(this, object) ?? "");
      if (clock) return clock.frozen_time;
    }
    return undefined;
  }

  aside(id: string): Aside {
    return this.#asides.get(id) ?? {};
  }

  answer(key: string): SavedAnswer | undefined {
    return this.#answers.get(key);
  }

  /** Oldest first. */
  events(): KeptEvent[] {
    return [...this.#events.values()];
  }

  event(id: string): KeptEvent | undefined {
    return this.#events.get(id);
  }

  delivery(event: string): Delivery {
    return this.#deliveries.get(event) ?? { event, tries: [], lost: false, delivered: false };
  }

  /** Nothing is left to deliver: the endpoint has it, or never asked for its type. */
  isDelivered({ id, type }: KeptEvent): boolean {
    return this.delivery(id).delivered || !this.wanted(type);
  }

  /** The event as the API and the webhooks show it. */
  present(event: KeptEvent): StripeEvent {
    return eventOf({ ...event, pending: this.isDelivered(event) ? 0 : 1 });
  }

  apply(entry: Entry<StripeHappening>): void {
    switch (entry.kind) {
      case "idempotency.saved":
        this.#answers.set(entry.key, entry);
        return;
      case "dunning.set":
        this.dunning = { days: entry.days, end: entry.end };
        return;
      case "webhooks.set":
        this.webhooks = { mode: entry.mode, ms: entry.ms };
        return;
      case "webhook.lost":
        this.#deliveries.set(entry.event, { ...this.delivery(entry.event), lost: true });
        return;
      case "webhook.tried": {
        const before = this.delivery(entry.event);
        const delivered = before.delivered || entry.delivered;
        this.#deliveries.set(entry.event, { ...before, tries: [...before.tries, entry], delivered });
        return;
      }
      default:
        this.#keep(entry);
    }
  }

  #keep({ kind, object, aside, removed, event, at }: Entry<Kept>): void {
    const table = this.#tables.get(object.object) ?? new Map<string, StripeObject>();
    const before = table.get(object.id);
    if (before) this.#agenda.delete(before);
    if (removed) table.delete(object.id);
    else this.#tables.set(object.object, table.set(object.id, object));
    if (aside) this.#asides.set(object.id, { ...this.aside(object.id), ...aside });
    const due = removed ? null : dueAt(object, this.aside(object.id));
    if (due !== null) this.#agenda.set(object, due);
    const created = event?.created ?? unixSeconds(new Date(at));
    if (event) this.#events.set(event.id, { ...event, type: kind, created, object });
  }
}

export const unixSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);
