import type { ChildRule, Person } from "@/lib/generated/prisma/client.ts";
import type { ChildRules, Household } from "@/lib/provisioning/household.ts";
import { ageBandOf } from "./age-band.ts";
import { beginWith } from "./begin-with.ts";
import { ruleShape } from "./rule-shape.ts";

type Dwelling = Pick<Person, "part" | "kind" | "runsHome" | "ageBand"> & { readonly rules: readonly ChildRule[] };

/** The newest decision first. */
export const newestRuleFirst = { nth: "desc" } as const;

/** Nobody was asked for theirs yet; no rule that can be chosen goes by the hour. */
const zone = "UTC";

/** What the home is told about its children; null where there are none. `rules`: each person's, the newest first. */
export function householdOf(people: readonly Dwelling[]): Household | null {
  const children = people.filter(({ kind }) => kind === "child");
  if (children.length === 0) return null;
  return {
    zone,
    parents: people.filter(({ runsHome }) => runsHome).map(({ part }) => part),
    children: children.map((child) => ({ who: child.part, ...rulesOf(child) })),
  };
}

/** The newest decision, or what an account of that age begins with. */
export function rulesOf({ ageBand, rules: [newest] }: Pick<Dwelling, "ageBand" | "rules">): ChildRules {
  if (newest) return ruleShape.parse(newest.rules);
  return beginWith[ageBandOf(ageBand) ?? "under-10"];
}
