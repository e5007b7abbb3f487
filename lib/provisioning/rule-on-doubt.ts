import { secondsAfter } from "../clock.ts";
import type { Run } from "./converge.ts";
import type { OpenAttempt } from "./journal.ts";
import type { Change, Finding, Reason, StepName } from "./step.ts";

/** An accepted act that stays invisible for this long goes to a person: no vendor takes an hour to list what it sold. */
const invisibleSeconds = 3600;

/**
 * A look found that somebody has the thing: whether that may be ourselves, by an attempt of ours that is not listed yet. It
 * may also be one that was given up, and a later one was then refused because of it. For an hour we wait for it to be
 * listed, then a person looks: what may have been bought is never given back as lost.
 */
export function ruleOnTaken(last: OpenAttempt | undefined, found: Reason, run: Run): Finding<never> | undefined {
  if (!last || last.outcome === "seen" || last.outcome === "cleared") return undefined;
  const open = last.outcome !== "refused" && last.outcome !== "not-done";
  if (!open && last.givenUp === 0) return undefined;
  const detail = `${found.detail}; an attempt of ours is not settled yet`;
  if (secondsAfter(last.startedAt, invisibleSeconds) > run.clock.now())
    return { state: "waiting", reason: { code: "not-visible-yet", detail }, checkAfterSeconds: run.doubtSeconds };
  return {
    state: "blocked",
    reason: { code: last.outcome === "accepted" ? "accepted-not-visible" : "doubt-twice", detail },
  };
}

/**
 * Whether an act that must not happen twice may begin now. The look that led here found neither the thing nor
 * anything on its way. Never: after a refusal, or when it was seen before. After an answer that was lost: two such looks,
 * at least `doubtSeconds` apart, allow one second attempt; the next doubt goes to staff.
 */
export async function ruleOnDoubt(step: StepName, change: Change, run: Run): Promise<Finding<never> | undefined> {
  const { journal, clock, doubtSeconds } = run;
  const last = await journal.lastOnce(step);
  if (!last || last.outcome === "cleared" || last.outcome === "not-done") return undefined;

  switch (last.outcome) {
    case "refused":
      return { state: "blocked", reason: { code: "refused", detail: last.detail ?? `Refused: ${change.summary}` } };
    case "seen":
      return { state: "blocked", reason: { code: "vanished", detail: `It was there and is gone: ${change.summary}` } };
    case "given-up":
      return last.givenUp <= 1 ? undefined : toStaff(change);
    case "accepted":
      return invisible(change, secondsAfter(last.startedAt, invisibleSeconds) <= clock.now(), doubtSeconds);
    case "running":
    case "doubt":
      break;
  }

  if (last.givenUp >= 1) return toStaff(change);
  const early = last.lastLook && clock.now() < secondsAfter(last.lastLook, doubtSeconds);
  if (early) return lookAgain(change, doubtSeconds);
  await journal.countLook(last.id);
  if (last.looks + 1 < 2) return lookAgain(change, doubtSeconds);
  await journal.giveUp(last.id);
  return undefined;
}

/** The vendor said yes and does not show it: for an hour that is no news, then a person looks. */
const invisible = (change: Change, late: boolean, seconds: number): Finding<never> =>
  late
    ? {
        state: "blocked",
        reason: {
          code: "accepted-not-visible",
          detail: `Accepted an hour ago and still not visible: ${change.summary}`,
        },
      }
    : {
        state: "waiting",
        reason: { code: "accepted", detail: `Accepted, not visible yet: ${change.summary}` },
        checkAfterSeconds: Math.min(seconds, 30),
      };

const lookAgain = (change: Change, seconds: number): Finding<never> => ({
  state: "waiting",
  reason: {
    code: "doubt",
    detail: `The answer was lost; looking once more before anything is tried again: ${change.summary}`,
  },
  checkAfterSeconds: seconds,
});

const toStaff = (change: Change): Finding<never> => ({
  state: "blocked",
  reason: {
    code: "doubt-twice",
    detail: `Two answers were lost and nothing is to be seen. A person must look at the vendor's own pages: ${change.summary}`,
  },
});
