import type { Said } from "@/lib/errors.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";

/** What a family reads of a child's rules, line by line; their labels are `family.rules.rows`. */
export const ruleRows = [
  ...(["write", "never", "stranger", "rooms", "found"] as const),
  ...(["quiet", "devices", "uploads", "paused"] as const),
];
export type RuleRow = (typeof ruleRows)[number];

/** `list` and `days` are put into the sentence by the reader's own language: ids and names, and 1 for Monday to 7 for Sunday. */
export interface RuleSentence extends Said {
  readonly list?: readonly string[];
  readonly days?: readonly number[];
}

/**
 * A child's rules in sentences, all of which may name the child as `given`. Each field has its words here: rules that differ are
 * never said alike.
 */
export function sayRules(rules: ChildRules): Readonly<Record<RuleRow, readonly RuleSentence[]>> {
  const { contacts, stranger, found, quiet, devices, uploadMegabytes, paused } = rules;
  return {
    write: [
      contacts.family ? { key: "family.rules.say.family" } : { key: "family.rules.say.parents" },
      ...named({ key: "family.rules.say.people" }, contacts.people),
      ...named({ key: "family.rules.say.servers" }, contacts.servers),
    ],
    never: contacts.never.length > 0 ? named({ key: "family.rules.say.never" }, contacts.never) : [none],
    stranger: [strangers[stranger]],
    rooms: sayRooms(rules.rooms),
    found: [found ? { key: "family.rules.say.found" } : { key: "family.rules.say.notFound" }],
    quiet:
      quiet.length > 0
        ? quiet.map(({ days, from, to }) => ({ key: "family.rules.say.quiet", values: { from, to }, days }))
        : [none],
    devices: [devices === "any" ? { key: "family.rules.say.anyApp" } : { key: "family.rules.say.noOtherApp" }],
    uploads: [
      uploadMegabytes === null
        ? { key: "family.rules.say.anyFile" }
        : { key: "family.rules.say.files", values: { megabytes: uploadMegabytes } },
    ],
    paused: [paused ? { key: "family.rules.say.paused" } : { key: "family.rules.say.notPaused" }],
  };
}

const none: RuleSentence = { key: "family.rules.say.none" };

const named = (said: Said, list: readonly string[]): readonly RuleSentence[] =>
  list.length > 0 ? [{ ...said, list }] : [];

const strangers: Readonly<Record<ChildRules["stranger"], RuleSentence>> = {
  ask: { key: "family.rules.say.ask" },
  refuse: { key: "family.rules.say.refuse" },
  allow: { key: "family.rules.say.allow" },
};

const sayRooms = ({ join, create, publish }: ChildRules["rooms"]): readonly RuleSentence[] => [
  join === "contacts" ? { key: "family.rules.say.roomsOfContacts" } : { key: "family.rules.say.anyRoom" },
  create ? { key: "family.rules.say.opensRooms" } : { key: "family.rules.say.opensNone" },
  ...(publish ? [{ key: "family.rules.say.opensToAll" }] : []),
];
