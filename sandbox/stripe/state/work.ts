import type { Dunning } from "../billing/dunning.ts";
import type { EventRequest } from "../objects/event.ts";
import type { ObjectName, ObjectOf, StripeObject } from "../objects/index.ts";
import type { Born } from "../objects/shared.ts";
import { missing } from "../protocol/errors.ts";
import type { Aside } from "./asides.ts";
import type { ObjectKind, StripeHappening } from "./happenings.ts";
import { type State, unixSeconds } from "./state.ts";
import type { World } from "./store.ts";

/** One unit of work: it sees what it has kept so far, and everything before it. */
export class Work {
  readonly done: StripeHappening[] = [];
  /** Unix seconds; the same for all of this work. */
  readonly now: number;
  readonly #world: World;
  readonly #state: State;
  readonly #cause: EventRequest;
  readonly #objects = new Map<string, StripeObject>();
  readonly #removed = new Set<string>();
  readonly #asides = new Map<string, Aside>();

  constructor(world: World, state: State, cause: EventRequest, at?: number) {
    this.#world = world;
    this.#state = state;
    this.#cause = cause;
    this.now = at ?? unixSeconds(world.clock.now());
  }

  get publicUrl(): string {
    return this.#world.publicUrl;
  }

  get fingerprintKey(): string {
    return this.#world.fingerprintKey;
  }

  get dunning(): Dunning {
    return this.#state.dunning;
  }

  /** A fresh id such as `ch_…`. */
  id(prefix: string): string {
    return this.#world.ids.id(prefix);
  }

  secret(): string {
    return this.#world.ids.secret();
  }

  born(prefix: string): Born {
    return { id: this.id(prefix), created: this.now };
  }

  find<N extends ObjectName>(name: N, id: string | null): ObjectOf<N> | undefined {
    if (id === null || this.#removed.has(id)) return undefined;
    const here = this.#objects.get(id);
    return here?.object === name ? (here as ObjectOf<N>) : this.#state.find(name, id);
  }

  /** Throws Stripe's 404 (or 400, where the id came as a parameter) when there is no such object. */
  need<N extends ObjectName>(name: N, id: string, param = "id"): ObjectOf<N> {
    const found = this.find(name, id);
    if (!found) throw missing(name, id, param);
    return found;
  }

  /** Oldest first. */
  all<N extends ObjectName>(name: N): ObjectOf<N>[] {
    const before = this.#state.all(name).map((object) => (this.#objects.get(object.id) ?? object) as ObjectOf<N>);
    const fresh = [...this.#objects.values()].filter(
      (object) => object.object === name && !this.#state.find(name, object.id),
    ) as ObjectOf<N>[];
    return [...before, ...fresh].filter(({ id }) => !this.#removed.has(id));
  }

  aside(id: string): Aside {
    return { ...this.#state.aside(id), ...this.#asides.get(id) };
  }

  /** Keeps the object and tells of it with an event of the same name. */
  tell<T extends StripeObject>(kind: ObjectKind, object: T, more: { previous?: object; aside?: Aside } = {}): T {
    this.#keep({ kind, object, event: this.#event(more.previous), ...(more.aside ? { aside: more.aside } : {}) });
    return object;
  }

  /** From now on there is no such object; tells of it as it was. */
  remove(kind: ObjectKind, object: StripeObject): void {
    this.#keep({ kind, object, event: this.#event(), removed: true });
    this.#removed.add(object.id);
  }

  /** Keeps the object where Stripe sends no event. */
  keep<T extends StripeObject>(kind: ObjectKind, object: T, aside?: Aside): T {
    this.#keep({ kind, object, ...(aside ? { aside } : {}) });
    return object;
  }

  note(happening: StripeHappening): void {
    this.done.push(happening);
  }

  /** Lets go of everything kept so far: it will not be written. */
  forget(): void {
    this.done.length = 0;
  }

  #event(previous?: object) {
    const isNow = this.now === unixSeconds(this.#world.clock.now());
    return {
      id: this.id("evt"),
      request: this.#cause,
      previous: previous ?? null,
      ...(isNow ? {} : { created: this.now }),
    };
  }

  #keep(kept: Extract<StripeHappening, { object: StripeObject }>): void {
    this.done.push(kept);
    this.#objects.set(kept.object.id, kept.object);
    if (kept.aside) this.#asides.set(kept.object.id, { ...this.#asides.get(kept.object.id), ...kept.aside });
  }
}
