import { isDeepStrictEqual } from "node:util";
import { secondsAfter } from "@/lib/clock.ts";
import { Unreachable, wordsOfError } from "@/lib/errors.ts";
import type { Prisma, Trial } from "@/lib/generated/prisma/client.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import { inForce, newestConsentFirst, newestRuleFirst } from "@/lib/tenants/household-of.ts";
import type { World } from "@/lib/world.ts";
import { openStates } from "./ask-for-trial.ts";
import { attempts } from "./attempts.ts";
import { heldOf, judgeAttempt } from "./judge-attempt.ts";
import type { About, HeldRules, Stranger, Testimony, Witness } from "./ports.ts";
import type { Result } from "./result.ts";

export type TrialTools = World & {
  /** Undefined where no home for a stranger was set up. */
  readonly stranger: Stranger | undefined;
  readonly witness: Witness;
};
type Tools = TrialTools & { readonly stranger: Stranger };

/** One attempt takes less than a second, and at most half a minute (lib/synapse/unix-http.ts). Past this a worker is taken for dead. */
const leaseSeconds = 90;
/** A parent is waiting: with waits that double from two seconds this is after half a minute. What is to be tidied up is tried on. */
const mostRuns = 5;
/** A message between devices travels by itself, within a second; after so many it did not come. */
const messageSeconds = 10;

/** Another worker has taken it up, or it is over. */
class Overtaken extends Error {}

/**
 * Has a child's rules tried. May be rung for at any time, by any number of workers: one at a time has it, and one that was killed
 * is overtaken, from the beginning and with another account. Whatever ends it, nothing of the stranger stays.
 */
export async function runTrial(tools: TrialTools, trialId: string): Promise<void> {
  const { db, clock, stranger } = tools;
  const row = await db.trial.findFirst({ where: { id: trialId, nextTryAt: { lte: clock.now() } } });
  const mine = row && (await takeUp(tools, row));
  if (!mine) return;
  try {
    if (!stranger) return await giveUp(tools, mine);
    await tidyUp({ ...tools, stranger }, mine);
    if (mine.state === "failed") await note(tools, mine, { nextTryAt: null });
    else if (mine.results) await finish(tools, mine);
    else await settle({ ...tools, stranger }, mine);
  } catch (error) {
    if (error instanceof Overtaken) return;
    await noteFailure(tools, mine, error);
    if (!(error instanceof Unreachable)) throw error;
  }
}

/** By the number of its runs: of two workers one has it. */
async function takeUp({ db, clock }: World, row: Trial): Promise<Trial | undefined> {
  const data = {
    runs: row.runs + 1,
    // All were made; only the end of it is missing.
    tried: row.results ? row.tried : 0,
    nextTryAt: secondsAfter(clock.now(), leaseSeconds),
    state: row.state === "wanted" ? "running" : row.state,
  };
  const { count } = await db.trial.updateMany({ where: { id: row.id, runs: row.runs }, data });
  return count > 0 ? { ...row, ...data } : undefined;
}

async function note({ db }: World, { id, runs }: Trial, data: Prisma.TrialUncheckedUpdateManyInput): Promise<void> {
  const { count } = await db.trial.updateMany({ where: { id, runs }, data });
  if (count === 0) throw new Overtaken();
}

/** The name of their home was taken out of the settings meanwhile. */
const giveUp = (tools: World, trial: Trial): Promise<void> =>
  note(tools, trial, {
    ...{ state: "failed", doneAt: tools.clock.now(), nextTryAt: null },
    detail: "No home for a stranger is set up (STRANGER_NAME)",
  });

async function noteFailure(tools: World, trial: Trial, error: unknown): Promise<void> {
  const after = afterFailure({ tries: trial.tries, firstAt: trial.askedAt }, error, tools.clock.now());
  const isOver = openStates.includes(trial.state) && after.tries >= mostRuns;
  await note(tools, trial, {
    ...{ tries: after.tries, nextTryAt: after.deadAt ? null : after.nextTryAt, detail: wordsOfError(error) },
    ...(isOver ? { state: "failed", doneAt: tools.clock.now() } : {}),
  }).catch((lost: unknown) => {
    if (!(lost instanceof Overtaken)) throw lost;
  });
}

/** The account first: a worker that was overtaken and does not know it can ask nothing more with it. Then the child's home forgets. */
async function tidyUp(tools: Tools, trial: Trial): Promise<void> {
  if (trial.stranger === null) return;
  const { home, child } = await dwelling(tools, trial);
  await tools.stranger.leave(trial.stranger);
  // A home that is gone remembers nobody.
  if (home.want === "present" && home.restsSince === null)
    await tools.witness.forget(home.name, aboutOf(tools, child.part, trial.stranger));
  await note(tools, trial, { stranger: null });
}

async function settle(tools: Tools, trial: Trial): Promise<void> {
  const { ids, clock } = tools;
  const part = `trial-${ids.id("trl").slice(4)}`;
  // Before it is made: what is cut off here is found and removed.
  await note(tools, trial, { stranger: part });
  const results = await tryAll(tools, trial, part);
  await note(tools, trial, { results, nextTryAt: secondsAfter(clock.now(), leaseSeconds) });
  await tidyUp(tools, { ...trial, stranger: part });
  await finish(tools, trial);
}

const finish = (tools: World, trial: Trial): Promise<void> =>
  note(tools, trial, { state: "done", doneAt: tools.clock.now(), nextTryAt: null, detail: null });

async function tryAll(tools: Tools, trial: Trial, part: string): Promise<Result[]> {
  const { stranger, witness, clock } = tools;
  const { home, child, rules } = await dwelling(tools, trial);
  const about = aboutOf(tools, child.part, part);
  const before = await witness.tell(home.name, about);
  mustHold(rules, before);
  await stranger.arrive(part);
  const aim = { id: `@${child.part}:${home.name}`, given: child.given, device: before.device };
  const tried = [];
  for (const attempt of attempts) {
    tried.push({ attempt, tried: await stranger.attempt(part, attempt, aim) });
    await note(tools, trial, { tried: tried.length, nextTryAt: secondsAfter(clock.now(), leaseSeconds) });
  }
  const after = { ...(await whatCame(tools, home.name, about)), device: before.device };
  // Decided meanwhile: what was tried first was tried under other rules.
  mustHold((await dwelling(tools, trial)).rules, before);
  mustHold(rules, after);
  return tried.map((one) => judgeAttempt({ ...one, home: after }, rules, stranger.home));
}

/** Also of the message that no chat shows. */
async function whatCame({ witness, clock }: Tools, name: string, about: About): Promise<Testimony> {
  const until = secondsAfter(clock.now(), messageSeconds);
  for (;;) {
    const told = await witness.tell(name, about);
    const { passed, keptOut } = told.toDevices;
    if (passed + keptOut > 0 || clock.now() >= until) return told;
    await clock.sleep(500);
  }
}

/** What a home has not heard yet it cannot hold, and would be blamed for. */
function mustHold(rules: HeldRules, told: Testimony): void {
  if (isDeepStrictEqual(told.rules, rules)) return;
  throw new Unreachable("The home does not hold these rules yet", { vendor: "Synapse", call: "try the rules" }, "none");
}

const aboutOf = ({ stranger }: Tools, child: string, part: string): About => ({
  child,
  who: `@${part}:${stranger.home}`,
});

async function dwelling({ db }: World, trial: Trial) {
  const home = await db.tenant.findUniqueOrThrow({ where: { id: trial.tenantId } });
  const child = await db.person.findUniqueOrThrow({
    where: { id: trial.personId },
    include: {
      rules: { orderBy: newestRuleFirst, take: 1 },
      consents: { orderBy: newestConsentFirst, take: 1 },
    },
  });
  return { home, child, rules: heldOf(inForce(child)) };
}
