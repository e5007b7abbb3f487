import { join } from "node:path";
import type { Clock } from "@/lib/clock.ts";
import type { Ids } from "@/lib/ids.ts";
import { type Ledger, openLedger } from "@/sandbox/shared/ledger.ts";
import type { Dunning } from "../billing/dunning.ts";
import type { EventRequest } from "../objects/event.ts";
import type { StripeHappening } from "./happenings.ts";
import { State } from "./state.ts";
import { Work } from "./work.ts";

/** What the stand-in takes from outside. */
export interface World {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Origin under which a browser reaches the stand-in. */
  readonly publicUrl: string;
  /** Makes fingerprints of cards that mean nothing elsewhere. */
  readonly fingerprintKey: string;
  /** What is done about a renewal that is not paid, until the control side says otherwise. */
  readonly dunning: Dunning;
}

/** Nobody asked: a payer on the payment page, or the clock. */
export const onItsOwn: EventRequest = { id: null, idempotency_key: null };

export interface Store {
  readonly state: State;
  readonly ledger: Ledger<StripeHappening>;
  /**
   * Does one unit of work: all it keeps is written at once when it returns, and nothing when it throws.
   * `at` is its time in unix seconds where that is not now.
   */
  run<T>(cause: EventRequest, work: (work: Work) => T, at?: number): T;
  write(happening: StripeHappening): void;
  /** `told` hears the ids of the events of each unit of work, oldest first. */
  onEvents(told: (events: readonly string[]) => void): void;
}

export function openStore(dataFolder: string, world: World): Store {
  const ledger = openLedger<StripeHappening>(join(dataFolder, "stripe.jsonl"), world.clock);
  const state = new State(world.dunning);
  ledger.follow((entry) => state.apply(entry));
  const listeners: ((events: readonly string[]) => void)[] = [];
  return {
    state,
    ledger,
    write: (happening) => void ledger.append(happening),
    onEvents: (told) => void listeners.push(told),
    run(cause, work, at) {
      const unit = new Work(world, state, cause, at);
      const result = work(unit);
      ledger.appendAll(unit.done);
      const events = unit.done.flatMap((one) =>
        "event" in one && typeof one.event === "object" ? [one.event.id] : [],
      );
      if (events.length > 0) for (const tell of listeners) tell(events);
      return result;
    },
  };
}
