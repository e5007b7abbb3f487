import { type Clock, secondsAfter } from "@/lib/clock.ts";

/** The one clock of a simulated world: it stands still until somebody lets time pass. */
export class VirtualClock implements Clock {
  #now: Date;
  #sleepers: { readonly until: Date; readonly wake: () => void }[] = [];

  constructor(at: string) {
    this.#now = new Date(at);
  }

  now(): Date {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ until: secondsAfter(this.#now, ms / 1000), wake }));
  }

  pass(seconds: number): void {
    this.#now = secondsAfter(this.#now, seconds);
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) wake();
  }
}

/** The vendors' view of it: each call looks at the clock for itself, and whoever would wait for time waits for ever. */
export const withoutSleep = (clock: Clock): Clock => ({
  now: () => clock.now(),
  sleep: (ms) => (ms === 0 ? Promise.resolve() : new Promise(() => undefined)),
});
