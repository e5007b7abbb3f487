import { NameplateError } from "@/lib/errors.ts";
import type { Limiter, LimitRule } from "@/lib/queue/limit.ts";

const minute = 60;
const hour = 3600;

/** How often each way in may be tried. What can be guessed is refused while nobody counts; the rest is counted on the spot. */
export const limits = {
  /** A mailbox gets no more than this, whoever asks. */
  mailsToOne: { what: "sign-in-mail-to", tries: 5, seconds: hour, whenAway: "count-here" },
  mailsFromOne: { what: "sign-in-mail-from", tries: 10, seconds: hour, whenAway: "count-here" },
  /** All of them together: a flood costs us our name with the mail hosts. */
  mails: { what: "sign-in-mail", tries: 600, seconds: hour, whenAway: "count-here" },
  /** An app gets no more links to its own page than this, whoever asks. */
  appsToOne: { what: "mine-to", tries: 5, seconds: hour, whenAway: "count-here" },
  appsFromOne: { what: "mine-from", tries: 10, seconds: hour, whenAway: "count-here" },
  /** A child's own questions: each is a letter to its parents. */
  wishes: { what: "wishes", tries: 5, seconds: hour, whenAway: "count-here" },
  /** Links and enrolment links hold 256 bits; this is against noise. */
  links: { what: "sign-in-link", tries: 30, seconds: 10 * minute, whenAway: "count-here" },
  /** Each view of the sign-in page asks once for a challenge. */
  challenges: { what: "passkey-challenge", tries: 120, seconds: 10 * minute, whenAway: "count-here" },
  passkeys: { what: "passkey", tries: 30, seconds: 10 * minute, whenAway: "count-here" },
  /** Six digits: five guesses in a quarter of an hour are one in 200,000. */
  codes: { what: "totp", tries: 5, seconds: 15 * minute, whenAway: "refuse" },
  /** A code works once; the app shows it, and we take it, for at most 90 seconds. */
  sameCode: { what: "totp-code", tries: 1, seconds: 2 * minute, whenAway: "refuse" },
  setUp: { what: "factor-set-up", tries: 30, seconds: hour, whenAway: "count-here" },
} as const satisfies Record<string, LimitRule>;

/** Takes a try, or says how long to wait. */
export async function takeTry(limiter: Limiter, rule: LimitRule, who: string): Promise<void> {
  const taken = await limiter.take(rule, who);
  if (taken.ok) return;
  throw new NameplateError("too-often", `Too many tries of ${rule.what}`, {
    key: "again.tooOften",
    values: { minutes: Math.ceil(taken.waitSeconds / minute) },
  });
}
