import type { Ask, Person } from "@/lib/generated/prisma/client.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import type { AskAnswer } from "@/lib/provisioning/ports.ts";

/** A child, and the rules that hold for it. */
export interface Ruled {
  readonly person: Person;
  readonly rules: ChildRules;
  /** Whole Matrix ids of its parents, who can always write to it. */
  readonly parents: readonly string[];
}

/** All that one person asked about one child, with one answer: rooms are where they ask from. */
export type Question = readonly [Ask, ...Ask[]];

export const askAnswers = ["allow", "later", "never"] as const satisfies readonly AskAnswer[];

/** By child and person, in the order in which the first was asked. */
export function questionsOf(asks: readonly Ask[]): readonly Question[] {
  const groups = new Map<string, [Ask, ...Ask[]]>();
  for (const ask of asks) {
    const key = `${ask.personId} ${ask.who}`;
    const group = groups.get(key);
    if (group) group.push(ask);
    else groups.set(key, [ask]);
  }
  return [...groups.values()];
}

/** What the parents said; null as long as anything of it is open, such as another room. */
export function answerOf(asks: readonly Pick<Ask, "answer">[]): AskAnswer | null {
  const [first, ...others] = asks;
  if (!first?.answer || others.some(({ answer }) => answer === null)) return null;
  return first.answer as AskAnswer;
}

/** How these rules read with the answer; `later` changes nothing. */
export function withAnswer(rules: ChildRules, who: string, answer: AskAnswer): ChildRules {
  if (answer === "later") return rules;
  const { people, never } = rules.contacts;
  const others = { people: people.filter((one) => one !== who), never: never.filter((one) => one !== who) };
  const contacts =
    answer === "allow" ? { ...others, people: [...others.people, who] } : { ...others, never: [...others.never, who] };
  return { ...rules, contacts: { ...rules.contacts, ...contacts } };
}

type Held = Pick<Ruled, "rules" | "parents">;

/** What the rules say of somebody whom a parent was not asked about, or not in this room. */
export function answerByRules(child: Held, who: string): "allow" | "never" | null {
  if (isAllowed(child, who)) return "allow";
  const { never } = child.rules.contacts;
  return never.includes(who) || never.includes(serverOf(who)) ? "never" : null;
}

/** Whether the rules say, as a yes wants it, that this person is a contact: what holds is what they say, not what was pressed once. */
export function isAllowed({ rules, parents }: Held, who: string): boolean {
  const { people, never } = rules.contacts;
  if (parents.includes(who)) return true;
  return people.includes(who) && !never.includes(who) && !never.includes(serverOf(who));
}

/** Whether somebody is a contact, by whatever the rules say of them; `home` is the child's own. */
export function isContact(child: Held, who: string, home: string): boolean {
  if (child.parents.includes(who)) return true;
  const { family, people, servers, never } = child.rules.contacts;
  const server = serverOf(who);
  if (never.includes(who) || never.includes(server)) return false;
  return (family && server === home) || people.includes(who) || servers.includes(server);
}

export const serverOf = (who: string): string => who.slice(who.indexOf(":") + 1);
