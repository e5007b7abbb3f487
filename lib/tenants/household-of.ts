import type { ChildRule, Consent, Parent, Person } from "@/lib/generated/prisma/client.ts";
import type { ChildRules, Household } from "@/lib/provisioning/household.ts";
import { ageBandOf } from "./age-band.ts";
import { beginWith } from "./begin-with.ts";
import { ruleShape } from "./rule-shape.ts";

type Dwelling = Pick<Person, "part" | "kind" | "runsHome" | "ageBand"> & Decided;

/** Of a person: what was decided and agreed to, the newest first. */
interface Decided {
  readonly rules: readonly ChildRule[];
  readonly consents: readonly Pick<Consent, "withdrawnAt">[];
}

/** The newest decision first. */
export const newestRuleFirst = { nth: "desc" } as const;
export const newestConsentFirst = { nth: "desc" } as const;

/** Rows of those who were asked to look after the children too, said yes and have not left. */
export const standingParents = { joinedAt: { not: null }, leftAt: null } as const;

/** By which clock a home is told of hours before a parent said one: none are chosen without. */
const utc = "UTC";

/** Where a parent may be written to: an account of the home, or one elsewhere. Some have neither. */
type Reached = Pick<Parent, "matrixId"> & { readonly person: Pick<Person, "part"> | null };

/**
 * What the home is told about its children; null where there are none. `rules` and `consents`: each person's, the newest first;
 * `parents`: those who look after them beside whoever runs the home, who can always be written to; `zone`: by which clock hours are meant.
 */
export function householdOf(
  people: readonly Dwelling[],
  parents: readonly Reached[],
  zone: string | null,
): Household | null {
  const children = people.filter(({ kind }) => kind === "child");
  if (children.length === 0) return null;
  return {
    zone: zone ?? utc,
    parents: alwaysContacts(people, parents),
    children: children.map((child) => ({ who: child.part, ...inForce(child) })),
  };
}

/** Who can always write to the children: whoever runs the home, and each parent where they may be written to themselves. */
export function alwaysContacts(
  people: readonly Pick<Person, "part" | "runsHome">[],
  parents: readonly Reached[],
): readonly string[] {
  return [
    ...new Set([
      ...people.filter(({ runsHome }) => runsHome).map(({ part }) => part),
      ...parents.flatMap(({ person, matrixId }) => person?.part ?? matrixId ?? []),
    ]),
  ];
}

/** The same by their whole Matrix ids; `name` is the home's. */
export const alwaysContactIds = (name: string, ...of: Parameters<typeof alwaysContacts>): readonly string[] =>
  alwaysContacts(...of).map((one) => (one.startsWith("@") ? one : `@${one}:${name}`));

/** The newest decision, or what an account of that age begins with. */
export function rulesOf({ ageBand, rules: [newest] }: Pick<Dwelling, "ageBand" | "rules">): ChildRules {
  if (newest) return ruleShape.parse(newest.rules);
  return beginWith[ageBandOf(ageBand) ?? "under-10"];
}

/** Whether a parent took back what was agreed to for a child, and nobody has agreed since. That nobody ever did is no withdrawal. */
export const isWithdrawn = ({ consents: [newest] }: Pick<Dwelling, "consents">): boolean =>
  newest !== undefined && newest.withdrawnAt !== null;

/** What the home holds: the rules, and a pause whatever they say while the consent is withdrawn. */
export function inForce(child: Pick<Dwelling, "ageBand" | "rules" | "consents">): ChildRules {
  const rules = rulesOf(child);
  return isWithdrawn(child) ? { ...rules, paused: true } : rules;
}
