import fc from "fast-check";
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { beginWith } from "@/lib/tenants/begin-with.ts";
import messages from "@/messages/en.json" with { type: "json" };
import { ruleChanges } from "./rule-changes.ts";
import { type RuleSentence, ruleRows, sayRules } from "./say-rules.ts";

const translate = createTranslator<Record<string, unknown>>({
  locale: "en-GB",
  messages,
  onError(error) {
    throw error;
  },
});
/** As the page writes it: a missing key or value of the catalogue throws. */
const inWords = ({ key, values, list, days }: RuleSentence): string =>
  translate(key as never, { ...values, given: "Mia", list: list?.join(", "), days: days?.join(", ") } as never);
const read = (rules: ChildRules): readonly string[] =>
  ruleRows.map((row) => `${row}: ${sayRules(rules)[row].map(inWords).join(" ")}`);

const person = fc.constantFrom("@ruth:ruth.example", "@tom:jones.family", "@lena:jones.family");
const server = fc.constantFrom("school.example", "jones.family:8448");
const time = fc.constantFrom("20:30", "07:00", "00:00");
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
const anyRules: fc.Arbitrary<ChildRules> = fc.record({
  contacts: fc.record({
    family: fc.boolean(),
    people: fc.uniqueArray(person),
    servers: fc.uniqueArray(server),
    never: fc.uniqueArray(fc.oneof(person, server)),
  }),
  stranger: fc.constantFrom("ask", "refuse", "allow"),
  found: fc.boolean(),
  rooms: fc.record({ join: fc.constantFrom("contacts", "any"), create: fc.boolean(), publish: fc.boolean() }),
  quiet: fc.array(fc.record({ days, from: time, to: time }), { maxLength: 2 }),
  devices: fc.constantFrom("any", "closed"),
  uploadMegabytes: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 50 })),
  paused: fc.boolean(),
});

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
const text = (rules: unknown) => JSON.stringify(rules);

describe("A child's rules in words", () => {
  test("read otherwise with each field that differs, and are what the page says changes", () => {
    fc.assert(
      fc.property(anyRules, anyRules, (rules, other) => {
        for (const changed of oneFieldOf(rules, other)) {
          const differs = text(changed) !== text(rules);
          expect(text(read(changed)) !== text(read(rules))).toBe(differs);
          expect(ruleChanges(rules, changed)).toHaveLength(differs ? 1 : 0);
        }
      }),
      { numRuns: 300 },
    );
  });

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
