import fc from "fast-check";
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { beginWith } from "@/lib/tenants/begin-with.ts";
import messages from "@/messages/en.json" with { type: "json" };
import { ruleChanges } from "./rule-changes.ts";
import { sayForChild } from "./say-for-child.ts";
import { type RuleSentence, ruleRows, sayRules } from "./say-rules.ts";
import { anyRules } from "./testing/any-rules.ts";

const translate = createTranslator<Record<string, unknown>>({
  locale: "en-GB",
  messages,
  onError(error) {
    throw error;
  },
});
/** As the page writes it: a missing key or value of the catalogue throws. */
const inWords = ({ key, values, list, days }: RuleSentence): string => {
  const filled = { ...values, given: "Mia", owner: "Anna", list: list?.join(", "), days: days?.join(", ") };
  return translate(key as never, filled as never);
};
const read = (rules: ChildRules, say = (said: RuleSentence) => said): readonly string[] =>
  ruleRows.map((row) => `${row}: ${sayRules(rules)[row].map(say).map(inWords).join(" ")}`);

/** Each with that one field as the other has it. */
const oneFieldOf = (rules: ChildRules, other: ChildRules): readonly ChildRules[] => [
  ...(["stranger", "found", "quiet", "devices", "uploadMegabytes", "paused"] as const).map((field) => ({
    ...rules,
    [field]: other[field],
  })),
  ...(["family", "people", "servers", "never"] as const).map((field) => ({
    ...rules,
    contacts: { ...rules.contacts, [field]: other.contacts[field] },
  })),
  ...(["join", "create", "publish"] as const).map((field) => ({
    ...rules,
    rooms: { ...rules.rooms, [field]: other.rooms[field] },
  })),
];
/** Each field of a hundred rules is put into words; on a machine with much else to do that takes its time. */
const patienceMs = 60_000;
const text = (rules: unknown) => JSON.stringify(rules);

describe("A child's rules in words", () => {
  test(
    "read otherwise with each field that differs, and are what the page says changes",
    () => {
      fc.assert(
        fc.property(anyRules, anyRules, (rules, other) => {
          for (const changed of oneFieldOf(rules, other)) {
            const differs = text(changed) !== text(rules);
            expect(text(read(changed)) !== text(read(rules))).toBe(differs);
            expect(ruleChanges(rules, changed)).toHaveLength(differs ? 1 : 0);
          }
        }),
        { numRuns: 100 },
      );
    },
    patienceMs,
  );

  test(
    "read otherwise to the child itself, too, with each field that differs, and never speak of it by its name",
    () => {
      fc.assert(
        fc.property(anyRules, anyRules, (rules, other) => {
          for (const changed of oneFieldOf(rules, other))
            expect(text(read(changed, sayForChild)) !== text(read(rules, sayForChild))).toBe(
              text(changed) !== text(rules),
            );
          expect(text(read(rules, sayForChild))).not.toContain("Mia");
        }),
        { numRuns: 100 },
      );
    },
    patienceMs,
  );

  test("say how a child of nine begins", () => {
    expect(read(beginWith["under-10"]).slice(0, 5)).toEqual([
      "write: Everybody at home.",
      "never: None.",
      "stranger: You are asked first. Mia sees nothing until you say yes.",
      "rooms: Only rooms in which everybody may write to Mia. When that ends, Mia leaves by itself. Mia opens no rooms: others write first, and Mia answers.",
      "found: In searches at home, for those who may write to Mia. In no search elsewhere.",
    ]);
  });
});
