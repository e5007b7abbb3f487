import { type Random, randomFrom } from "../world/baton.ts";

/** What a seed decides. */
export class Dice {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Of a hundred times, so many. */
  happens(percent: number): boolean {
    return this.#random() * 100 < percent;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  pick<T>(from: readonly T[]): T {
    const one = from[this.between(0, from.length - 1)];
    if (one === undefined) throw new Error("Nothing to pick from");
    return one;
  }
}
