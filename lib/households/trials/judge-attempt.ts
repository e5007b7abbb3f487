import type { ChildRules } from "@/lib/provisioning/household.ts";
import { type Attempt, isInvitation } from "./attempts.ts";
import type { HeldRules, Testimony, Tried } from "./ports.ts";
import type { Outcome, Result, Sight } from "./result.ts";

/** What the stranger was told, and what the child's home says of them afterwards. */
export interface Evidence {
  readonly attempt: Attempt;
  readonly tried: Tried;
  readonly home: Testimony;
}

/** What an attempt came to. Where nobody can know, it is not called held. */
export function judgeAttempt(evidence: Evidence, rules: HeldRules, strangersHome: string): Result {
  const { attempt } = evidence;
  const seen = sightOf(evidence);
  return { attempt, seen, outcome: outcomeOf(attempt, seen, rules, strangersHome) };
}

function outcomeOf(attempt: Attempt, seen: Sight, rules: HeldRules, strangersHome: string): Outcome {
  if (seen === "noAnswer" || seen === "noApp") return "untried";
  if (seen === "asked" || seen === "hidden" || seen === "nothing" || seen === "keptOut") return "held";
  return isAllowed(attempt, rules, strangersHome) ? "allowed" : "through";
}

function sightOf({ attempt, tried, home }: Evidence): Sight {
  if ((attempt === "devices" || attempt === "key") && home.device === null) return "noApp";
  if (!tried.made) return "noAnswer";
  if (isInvitation(attempt)) return sightOfInvite(tried.room, home);
  if (attempt === "unseen") {
    const { passed, keptOut } = home.toDevices;
    if (passed > 0) return "passed";
    return keptOut > 0 ? "keptOut" : "noAnswer";
  }
  return tried.learned ? "learned" : "nothing";
}

function sightOfInvite(room: string | undefined, { invited, shown, joined, asked }: Testimony): Sight {
  // Refused to the stranger's face: nobody was asked into anything.
  if (room === undefined) return "hidden";
  if (joined.includes(room)) return "joined";
  if (shown.includes(room)) return "shown";
  if (asked.includes(room)) return "asked";
  // One that never came was not kept out either.
  return invited.includes(room) ? "hidden" : "noAnswer";
}

/** Whether the rules let somebody of no list, at that home, come this far (workers/homeserver/nameplate_rules/judge.py and wire.py). */
function isAllowed(attempt: Attempt, { stranger, join, servers, never }: HeldRules, strangersHome: string): boolean {
  if (never.includes(strangersHome)) return false;
  if (servers.includes(strangersHome)) return attempt !== "search";
  if (isInvitation(attempt)) return stranger === "allow";
  return attempt !== "search" && join === "any";
}

/** As a home would tell them. */
export const heldOf = ({ stranger, rooms: { join }, contacts: { servers, never } }: ChildRules): HeldRules => ({
  ...{ stranger, join },
  servers: servers.toSorted(),
  never: never.toSorted(),
});
