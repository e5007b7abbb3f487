import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { beginWith } from "@/lib/tenants/begin-with.ts";
import { mostContacts, ruleShape } from "@/lib/tenants/rule-shape.ts";
import { choiceOf, type RulesChoice, readChoice } from "./read-choice.ts";

const id = "@mia:smith.family";
const nine = beginWith["under-10"];
const allowing = (contacts: Partial<ChildRules["contacts"]>): ChildRules => ({
  ...nine,
  contacts: { ...nine.contacts, ...contacts },
});
/** Of a home whose clock nobody said, in a country that has one. */
const home = { zone: null, guessedZone: "Europe/London" };
const choose = (asked: Partial<RulesChoice>, rules = nine) =>
  readChoice({ ...choiceOf({ rules, seen: 0, ...home }), ...asked }, { rules, id, ...home });
const contactsOf = (asked: Partial<RulesChoice>, rules = nine) => {
  const read = choose(asked, rules);
  if (!read.ok) throw new Error(read.problems[0]?.say.key);
  return read.value.rules.contacts;
};
const problemOf = (asked: Partial<RulesChoice>, rules = nine) => {
  const read = choose(asked, rules);
  return read.ok ? undefined : read.problems.map(({ at, say }) => `${at}: ${say.key}`);
};

describe("What is chosen on the page of a child's rules", () => {
  test("changes nothing as the page came, whatever the rules are", () => {
    for (const rules of [...Object.values(beginWith), { ...nine, rooms: { ...nine.rooms, join: "any" as const } }])
      expect(choose({}, rules)).toEqual({ ok: true, value: { rules, zone: null } });
  });

  test.each([["@ruth:ruth.example"], ["ruth:Ruth.Example"], ["  @ruth:ruth.example "]])(
    "allows somebody who was typed as %s",
    (person) => {
      expect(contactsOf({ person }).people).toEqual(["@ruth:ruth.example"]);
    },
  );

  test("allows a whole home, and takes one off without touching another list", () => {
    const rules = allowing({ people: ["@ruth:ruth.example"], servers: ["jones.family"], never: ["jones.family"] });
    expect(contactsOf({ server: "School.Example" }, rules).servers).toEqual(["jones.family", "school.example"]);
    expect(contactsOf({ off: "never:jones.family" }, rules)).toMatchObject({ servers: ["jones.family"], never: [] });
    expect(contactsOf({ off: "people:@ruth:ruth.example" }, rules).people).toEqual([]);
  });

  test("lets nobody stay among those who never may once they are allowed", () => {
    const rules = allowing({ never: ["@ruth:ruth.example"] });
    expect(contactsOf({ person: "@ruth:ruth.example" }, rules)).toMatchObject({
      people: ["@ruth:ruth.example"],
      never: [],
    });
  });

  test("opens every room with the choice that the child decides, and closes them with another", () => {
    const decides = choose({ stranger: "allow" });
    expect(decides).toMatchObject({ ok: true, value: { rules: { stranger: "allow", rooms: { join: "any" } } } });
    expect(choose({ stranger: "ask" }, beginWith["16-17"])).toMatchObject({
      value: { rules: { stranger: "ask", rooms: { join: "contacts" } } },
    });
  });

  test.each([
    [{ person: "ruth" }, "allow: family.rules.errors.person"],
    [{ person: "@r uth:ruth.example" }, "allow: family.rules.errors.person"],
    [{ person: "<b>:ruth.example" }, "allow: fields.markup"],
    [{ person: id }, "allow: family.rules.errors.own"],
    [{ server: "jones" }, "allowServer: family.rules.errors.server"],
    [{ server: "@ruth:ruth.example" }, "allowServer: family.rules.errors.server"],
    [{ server: "smith.family" }, "allowServer: family.rules.errors.serverHere"],
  ])("is sent back with %j", (asked, problem) => {
    expect(problemOf(asked)).toEqual([problem]);
  });

  test("is sent back where the list is full", () => {
    const people = Array.from({ length: mostContacts.people }, (_, n) => `@p${n}:x.example`);
    const servers = Array.from({ length: mostContacts.servers }, (_, n) => `x${n}.example`);
    const asked = { person: "@ruth:ruth.example", server: "school.example" };
    expect(problemOf(asked, allowing({ people, servers }))).toEqual([
      "allow: family.rules.errors.manyPeople",
      "allowServer: family.rules.errors.manyServers",
    ]);
  });

  test("is always something that the home takes", () => {
    const typed = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom("", "ruth:ruth.example", `a:${"b".repeat(290)}`),
    );
    const time = fc.constantFrom("", "20:30", "07:00", "25:00", "7");
    const night = fc.record({ from: time, to: time });
    const asked = fc.record({
      ...{ family: fc.boolean(), create: fc.boolean(), found: fc.boolean(), paused: fc.boolean() },
      ...{
        person: typed,
        server: typed,
        stranger: fc.constantFrom("ask" as const, "refuse" as const, "allow" as const),
      },
      ...{ nights: fc.record({ school: night, weekend: night }), zone: typed, closed: fc.boolean() },
      ...{ uploads: fc.constantFrom("", "0", "5", "50", "51", "-1", "1e1") },
    });
    fc.assert(
      fc.property(asked, fc.constantFrom(...Object.values(beginWith)), (choice, rules) => {
        const read = choose(choice, rules);
        expect(!read.ok || ruleShape.safeParse(read.value.rules).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
