import { type Clock, secondsAfter } from "../../clock.ts";

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  #now: Date;
  constructor(at = "2026-11-24T21:06:00Z") {
    this.#now = new Date(at);
  }
  now(): Date {
    return this.#now;
  }
  pass(seconds: number): void {
    this.#now = secondsAfter(this.#now, seconds);
  }
  async sleep(ms: number): Promise<void> {
    this.pass(ms / 1000);
  }
}
