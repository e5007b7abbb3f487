import type { Clock } from "@/lib/clock.ts";
import type { Letter, Post } from "@/lib/mail/transport.ts";

export interface Delivered extends Letter {
  readonly at: string;
}

/** The mail server: every letter it ever took. */
export class Mailbox implements Post {
  readonly letters: Delivered[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.send = this.send.bind(this);
  }

  async send(letter: Letter): Promise<void> {
    this.letters.push({ ...letter, at: this.#clock.now().toISOString() });
  }
}
