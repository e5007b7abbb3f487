import { secondsAfter } from "@/lib/clock.ts";
import { Unreachable } from "@/lib/errors.ts";

/** What is written down of something that failed and is to be tried again. */
export interface AfterFailure {
  readonly tries: number;
  readonly nextTryAt: Date;
  /** Given up: a person is asked. */
  readonly deadAt: Date | null;
}

/** Whatever fails so often in a row will fail again: with waits that double from two seconds this is after more than an hour. */
export const mostTries = 12;
/** A vendor who does not answer is waited for as long as the payment vendor itself goes on sending a webhook. */
const vendorSeconds = 3 * 86_400;
/** Once an hour is often enough for what will not work, and soon enough for when it does. */
const longestSeconds = 3600;

/**
 * The one rule for everything that is tried again: bells, mails, refunds. Waits grow, and after twelve tries (of a vendor
 * who is away: three days as well) it is given up. `firstSeconds` is the first wait.
 */
export function afterFailure(
  before: { readonly tries: number; readonly firstAt: Date },
  error: unknown,
  now: Date,
  firstSeconds = 2,
): AfterFailure {
  const tries = before.tries + 1;
  const away = error instanceof Unreachable && now < secondsAfter(before.firstAt, vendorSeconds);
  const wait = Math.min(longestSeconds, firstSeconds * 2 ** (tries - 1));
  return { tries, nextTryAt: secondsAfter(now, wait), deadAt: tries >= mostTries && !away ? now : null };
}
