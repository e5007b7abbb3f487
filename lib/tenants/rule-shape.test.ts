import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { ageBands } from "./age-band.ts";
import { beginWith } from "./begin-with.ts";
import { ruleShape } from "./rule-shape.ts";

const published = join(import.meta.dirname, "../../workers/homeserver/nameplate_rules/rules.schema.json");
// Its conditions name fields of a child, not a whole one.
const isHousehold = new Ajv2020({ strictRequired: false }).compile(JSON.parse(readFileSync(published, "utf8")));
const inHome = (rules: unknown): boolean =>
  isHousehold({ zone: "UTC", parents: ["anna"], children: [{ who: "mia", ...(rules as object) }] });

const person = fc.constantFrom(
  "@ruth:ruth.example",
  "@a-b=c/d.e:[::1]:8448",
  "ruth",
  "@ruth",
  "@:x",
  "@r uth:x.example",
  "",
);
const server = fc.constantFrom("school.example", "school.example:8448", "[::1]", "sch ool", "");
const time = fc.constantFrom("20:30", "00:00", "24:00", "7:00", "");
const anyRules = fc.record({
  contacts: fc.record({
    family: fc.boolean(),
    people: fc.array(person, { maxLength: 2 }),
    servers: fc.array(server, { maxLength: 2 }),
    never: fc.array(fc.oneof(person, server), { maxLength: 2 }),
  }),
  stranger: fc.constantFrom("ask", "refuse", "allow", "hide"),
  found: fc.boolean(),
  rooms: fc.record({ join: fc.constantFrom("contacts", "any", "none"), create: fc.boolean(), publish: fc.boolean() }),
  quiet: fc.array(
    fc.record({ days: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 3 }), from: time, to: time }),
    {
      maxLength: 2,
    },
  ),
  devices: fc.constantFrom("any", "closed", "some"),
  uploadMegabytes: fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 51 }), fc.constant(1.5)),
  paused: fc.boolean(),
});

describe("The language of rules", () => {
  test("is the same on the family's page and in the home: what one takes the other takes", () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        expect(ruleShape.safeParse(rules).success).toBe(inHome(rules));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(ageBands)("has what an account of the age %s begins with", (band) => {
    expect([ruleShape.safeParse(beginWith[band]).success, inHome(beginWith[band])]).toEqual([true, true]);
  });

  test("has no word in the home that the page cannot say", () => {
    const { $defs } = JSON.parse(readFileSync(published, "utf8"));
    const { who: _, ...words } = $defs.child.properties;
    const said: ChildRules = beginWith["under-10"];
    expect(Object.keys(words).sort()).toEqual(Object.keys(said).sort());
    expect(Object.keys($defs.contacts.properties).sort()).toEqual(Object.keys(said.contacts).sort());
    expect(Object.keys($defs.rooms.properties).sort()).toEqual(Object.keys(said.rooms).sort());
  });
});
