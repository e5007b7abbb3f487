import { Unreachable } from "@/lib/errors.ts";
import type { Attempt } from "@/lib/households/trials/attempts.ts";
import { heldOf } from "@/lib/households/trials/judge-attempt.ts";
import type { About, Aim, Stranger, Testimony, Tried, Witness } from "@/lib/households/trials/ports.ts";
import type { Household } from "@/lib/provisioning/household.ts";
import type { VirtualClock } from "./clock.ts";
import type { HomeHappening, Homes } from "./homes.ts";

/** An account at the stranger's home, and what a child's home remembers of it: rooms asked into, and messages. */
export interface StrangerThere {
  readonly who: string;
  readonly lives: boolean;
  readonly rooms: readonly string[];
  readonly messages: number;
}

const vendor = { vendor: "Synapse", call: "try a child's rules" };
const invites: readonly Attempt[] = ["direct", "group", "open", "space"];

/** The stranger and what homes say of them, as real homes with the rules' module do it. */
export class Strangers implements Stranger, Witness {
  readonly home = "stranger.nameplate.test";
  readonly #all = new Map<string, StrangerThere>();
  readonly #clock: VirtualClock;
  readonly #homes: Homes;

  constructor(clock: VirtualClock, homes: Homes) {
    this.#clock = clock;
    this.#homes = homes;
  }

  get all(): readonly StrangerThere[] {
    return [...this.#all.values()];
  }

  restore(all: readonly StrangerThere[]): void {
    for (const one of all) this.#all.set(one.who, one);
  }

  async arrive(part: string): Promise<void> {
    const who = this.#idOf(part);
    if (this.#all.get(who)?.lives) return;
    this.#put(who, { lives: true });
    this.#note("stranger-came", who);
  }

  async attempt(part: string, attempt: Attempt, aim: Aim): Promise<Tried> {
    const who = this.#idOf(part);
    const stranger = this.#all.get(who);
    if (!stranger?.lives) throw new Unreachable("No such account", vendor);
    await this.#stands(aim.id.slice(aim.id.indexOf(":") + 1));
    const remembered = stranger.rooms.length + stranger.messages > 0;
    if (!remembered && (invites.includes(attempt) || attempt === "unseen")) this.#note("stranger-remembered", who);
    if (attempt === "unseen") this.#put(who, { messages: stranger.messages + 1 });
    if (!invites.includes(attempt)) return { made: true };
    const room = `!${attempt} of ${part}`;
    this.#put(who, { rooms: [...new Set([...stranger.rooms, room])] });
    return { made: true, room };
  }

  async leave(part: string): Promise<void> {
    const who = this.#idOf(part);
    if (!this.#all.get(who)?.lives) return;
    this.#put(who, { lives: false });
    this.#note("stranger-went", who);
  }

  async tell(name: string, { child, who }: About): Promise<Testimony> {
    const household = await this.#stands(name);
    const rules = household?.children.find((one) => one.who === child);
    const { rooms, messages } = this.#all.get(who) ?? { rooms: [], messages: 0 };
    const decides = rules?.stranger === "allow";
    return {
      rules: rules ? heldOf(rules) : null,
      invited: rooms,
      shown: decides ? rooms : [],
      joined: [],
      asked: rules?.stranger === "ask" ? rooms : [],
      toDevices: decides ? { passed: messages, keptOut: 0 } : { passed: 0, keptOut: messages },
      device: null,
    };
  }

  async forget(name: string, { who }: About): Promise<void> {
    await this.#stands(name);
    const known = this.#all.get(who);
    if (!known || known.rooms.length + known.messages === 0) return;
    this.#put(who, { rooms: [], messages: 0 });
    this.#note("stranger-forgotten", who);
  }

  readonly #idOf = (part: string): string => `@${part}:${this.home}`;

  #put(who: string, what: Partial<StrangerThere>): void {
    this.#all.set(who, { who, lives: false, rooms: [], messages: 0, ...this.#all.get(who), ...what });
  }

  async #stands(name: string): Promise<Household | null> {
    const home = await this.#homes.state(name);
    if (home?.state !== "running") throw new Unreachable("The home does not answer", vendor);
    return home.household as Household | null;
  }

  #note(kind: HomeHappening["kind"], who: string): void {
    this.#homes.ledger.push({ at: this.#clock.now().toISOString(), kind, name: this.home, detail: who });
  }
}
