import type { Account, Accounts, HomeserverHost } from "../ports.ts";
import type { Change, Facts, Step, Tenant } from "../step.ts";

/**
 * The accounts of the family are as they are wanted, the owner's first. Ordinary accounts: administration runs through a service
 * account of ours that no person holds. Each has no password until its person chooses one with a set-up card. Whoever was taken out
 * has theirs locked, and closed once nobody can bring them back.
 */
export const owner = (accounts: Accounts, host: Pick<HomeserverHost, "state">): Step<"owner"> => ({
  name: "owner",
  needs: { present: ["homeserver"], gone: [] },
  async inspect(tenant, want, known) {
    const facts = factsOf(tenant);
    const seen = seenOf(known.owner);
    // Taking the home down takes its accounts with it.
    if (want === "gone") return { state: "settled", facts };
    // What was seen before is still so when it wakes; the rest is done then.
    if (tenant.rests) return { state: "settled", facts: { ...facts, ...seen } };
    // Nobody makes or closes an account while the home sleeps, and a look would wake it.
    if (isSeen(facts, seen) && (await host.state(tenant.name))?.state === "asleep") return { state: "settled", facts };
    const wanted = wantedOf(accounts, tenant);
    const found = await Promise.all(wanted.map(({ part }) => accounts.findAccount(tenant.name, part)));
    const changes = wanted.flatMap(({ toDo }, nth) => toDo(found[nth]) ?? []);
    return changes.length > 0 ? { state: "changes", changes } : { state: "settled", facts };
  },
});

function factsOf({ name, people, takenOut = [] }: Tenant): Required<Facts["owner"]> {
  return {
    userId: `@${people.find((person) => person.runsHome)?.part ?? ""}:${name}`,
    parts: people.map(({ part }) => part),
    locked: takenOut.filter(({ forGood }) => !forGood).map(({ part }) => part),
    closed: takenOut.filter(({ forGood }) => forGood).map(({ part }) => part),
  };
}

type Seen = Pick<Required<Facts["owner"]>, "parts" | "locked" | "closed">;

/** Findings of earlier releases say nothing of locks. */
const seenOf = (before: Facts["owner"] | undefined): Seen => ({
  parts: before?.parts ?? [],
  locked: before?.locked ?? [],
  closed: before?.closed ?? [],
});

/** Whether each account was seen as it is wanted. One that was let go without a lock may be there still. */
const isSeen = (wanted: Seen, seen: Seen): boolean =>
  wanted.parts.every((part) => seen.parts.includes(part) && !seen.locked.includes(part)) &&
  wanted.locked.every((part) => seen.locked.includes(part)) &&
  wanted.closed.every((part) => seen.closed.includes(part));

/** Whose account, and what is to be done where it was found so. */
interface Wanted {
  readonly part: string;
  toDo(found: Account | undefined): Change | undefined;
}

function wantedOf(accounts: Accounts, { name, people, takenOut = [] }: Tenant): readonly Wanted[] {
  const ownerFirst = [...people].sort((a, b) => Number(b.runsHome) - Number(a.runsHome));
  const change = (verb: Change["verb"], summary: string, part: string, run: Change["run"]): Change => ({
    ...{ verb, summary: `${summary} @${part}:${name}`, run },
  });
  const lock = (part: string, on: boolean) => () => accounts.lockAccount(name, part, on);
  return [
    ...ownerFirst.map((person): Wanted => {
      const { part } = person;
      const make = () => accounts.ensureAccount(name, person);
      return {
        part,
        toDo(found) {
          if (!found) return change("create", "Make the account", part, make);
          // Whoever closed theirs in an app has closed it: nobody can open it again.
          return found.locked && !found.closed
            ? change("update", "Unlock the account", part, lock(part, false))
            : undefined;
        },
      };
    }),
    ...takenOut.map(({ part, forGood, erase }): Wanted => {
      const close = () => accounts.closeAccount(name, part, { erase });
      return {
        part,
        toDo(found) {
          if (!found || (found.closed && (found.erased || !erase))) return undefined;
          // Not as a delete, which nobody does in a finished home by itself: the family said so, and thirty days have passed.
          if (forGood) return change("update", "Close the account", part, close);
          return found.locked ? undefined : change("update", "Lock the account", part, lock(part, true));
        },
      };
    }),
  ];
}
