import type { Entry } from "@/sandbox/shared/ledger.ts";
import { type EventRequest, eventOf, type StripeEvent } from "../objects/event.ts";
import type { ObjectName, ObjectOf, StripeObject } from "../objects/index.ts";
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
  readonly #events = new Map<string, KeptEvent>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #answers = new Map<string, SavedAnswer>();
  /** Which types of event the endpoint is subscribed to. */
  wanted: (type: string) => boolean = () => true;
  webhooks: { readonly mode: WebhookMode; readonly ms: number } = { mode: "normal", ms: 0 };

  find<N extends ObjectName>(name: N, id: string): ObjectOf<N> | undefined {
    return this.#tables.get(name)?.get(id) as ObjectOf<N> | undefined;
  }

  /** Oldest first. */
  all<N extends ObjectName>(name: N): ObjectOf<N>[] {
    return [...(this.#tables.get(name)?.values() ?? [])] as ObjectOf<N>[];
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

  #keep({ kind, object, aside, event, at }: Entry<Kept>): void {
    const table = this.#tables.get(object.object) ?? new Map<string, StripeObject>();
    this.#tables.set(object.object, table.set(object.id, object));
    if (aside) this.#asides.set(object.id, { ...this.aside(object.id), ...aside });
    if (event) this.#events.set(event.id, { ...event, type: kind, created: unixSeconds(new Date(at)), object });
  }
}

export const unixSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);
