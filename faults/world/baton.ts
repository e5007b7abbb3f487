import { AsyncLocalStorage } from "node:async_hooks";

/** A number from 0 up to, but not, 1. The same seed gives the same numbers. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough to choose an order by. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a: a number for a text. */
export function textNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of Buffer.from(text)) hash = Math.imul(hash ^ letter, 0x01000193);
  return hash >>> 0;
}

/** Turns of the event loop that let everything run that follows from a finished unit, before the next is chosen. */
const breaths = 3;

/**
 * Lets one unit of work (a statement, a transaction, a vendor's call) happen at a time, and chooses the next by `random`: so
 * what runs side by side in the product runs in an order that a seed repeats.
 */
export class Baton {
  readonly #random: Random;
  readonly #waiting: (() => void)[] = [];
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>();
  #busy = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Inside a unit, a further one belongs to it. */
  get isInside(): boolean {
    return this.#inside.getStore()?.open === true;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isInside) return work();
    await this.#turn();
    const unit = { open: true };
    try {
      return await this.#inside.run(unit, work);
    } finally {
      unit.open = false;
      this.#busy = false;
      this.#choose();
    }
  }

  /** Resolves when nobody has a turn, nobody waits for one, and nothing more follows from the last. */
  async rest(): Promise<void> {
    // Whoever is inside a unit has the turn, and would wait for itself.
    if (this.isInside) return;
    for (let left = breaths; left > 0; left--) {
      await new Promise(setImmediate);
      if (this.#busy || this.#waiting.length > 0) left = breaths + 1;
    }
  }

  #turn(): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push(go);
      this.#choose();
    });
  }

  #choose(): void {
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    const breathe = (left: number): void => {
      if (left > 0) return void setImmediate(breathe, left - 1);
      const [next] = this.#waiting.splice(Math.floor(this.#random() * this.#waiting.length), 1);
      next?.();
    };
    breathe(breaths);
  }
}
