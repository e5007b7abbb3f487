import type { Reason, Waiting } from "./step.ts";

/** The first time: a restarted database or a lost packet is over by then. */
const soonestSeconds = 5;
/** A home is made at most this much later than its vendor is back. */
const longestSeconds = 600;
/** After a day without an answer a person of ours looks, and once an hour is often enough for us. */
const daySeconds = 86_400;
const hourSeconds = 3600;

/**
 * Nobody answered, or a bug of ours was in the way: asked again after half of the time that it has been so, `since` being
 * when it began. A day of that is some 160 tries.
 */
export function askAgain(reason: Reason, since: Date | undefined, now: Date): Waiting {
  const silentSeconds = since ? (now.getTime() - since.getTime()) / 1000 : 0;
  const late = silentSeconds >= daySeconds;
  const checkAfterSeconds = Math.min(late ? hourSeconds : longestSeconds, Math.max(soonestSeconds, silentSeconds / 2));
  const code = late && reason.code === "unreachable" ? "away-for-a-day" : reason.code;
  return { state: "waiting", reason: { ...reason, code }, checkAfterSeconds };
}

const unanswered: ReadonlySet<string> = new Set(["unreachable", "away-for-a-day", "bug"]);

/** Since when a step has had no answer, as it rests beside its finding: kept while it is looked at again, over with any answer. */
export function unansweredSince(
  finding: { readonly state: string; readonly reason?: Reason },
  before: Date | null,
  now: Date,
): Date | null {
  if (finding.state === "running" || finding.state === "todo") return before;
  return unanswered.has(finding.reason?.code ?? "") ? (before ?? now) : null;
}
