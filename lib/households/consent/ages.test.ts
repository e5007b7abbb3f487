import { describe, expect, test } from "vitest";
import { isCountry } from "@/lib/orders/deed/countries.ts";
import { ageOfConsent, agesOfConsent, strictest } from "./ages.ts";
import { asksAParent } from "./asks-a-parent.ts";

const today = new Date("2026-12-01T12:00:00Z");

describe("From which age children decide alone", () => {
  test.each(Object.entries(agesOfConsent))(
    "in %s has a source, the day we looked and the year it speaks of",
    (country, entries) => {
      expect(isCountry(country)).toBe(true);
      expect(entries.length).toBeGreaterThan(0);
      for (const { age, source, noted, asOf, since } of entries) {
        expect([source.length > 0, noted, asOf]).toEqual([
          true,
          expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          expect.stringMatching(/^20\d\d$/),
        ]);
        expect(age).toBeGreaterThanOrEqual(13);
        expect(age).toBeLessThanOrEqual(16);
        if (since) expect(new Date(since).toISOString().slice(0, 10)).toBe(since);
      }
    },
  );

  test("in Denmark is 13 until the end of 2023 and 15 from then on", () => {
    expect(ageOfConsent("DK", new Date("2023-12-31T23:59:59Z")).age).toBe(13);
    expect(ageOfConsent("DK", new Date("2024-01-01T00:00:00Z")).age).toBe(15);
  });

  test.each(["SI", "JP", "constructor", ""])("is the highest there is where we found nothing: %j", (country) => {
    expect(ageOfConsent(country, today)).toBe(strictest);
  });

  test("in the United States needs a card that pays", () => {
    expect(ageOfConsent("US", today)).toMatchObject({ age: 13, ways: ["card-payment"] });
  });
});

const child = { kind: "child", bornOn: null, ageBand: null } as const;
const born = (day: string) => new Date(`${day}T00:00:00Z`);

describe("A parent is asked", () => {
  test.each([
    ["a child whose age nobody said", { ...child }, "GB", true],
    ["a band that begins below the age", { ...child, ageBand: "10-12" }, "GB", true],
    ["a band that is wholly above it", { ...child, ageBand: "13-15" }, "GB", false],
    ["the same band where the age is 16", { ...child, ageBand: "13-15" }, "DE", true],
    ["sixteen where the age is 16", { ...child, ageBand: "16-17" }, "DE", false],
    ["a day of birth the day before the birthday", { ...child, bornOn: born("2013-12-02") }, "GB", true],
    ["a day of birth on the birthday", { ...child, bornOn: born("2013-12-01") }, "GB", false],
    ["a day of birth against an older band", { ...child, ageBand: "16-17", bornOn: born("2015-01-01") }, "GB", true],
    ["an adult", { kind: "adult", bornOn: null, ageBand: null }, "GB", false],
  ])("of %s: %j in %s, %s", (_, person, country, asked) => {
    expect(asksAParent(person, country, today)).toBe(asked);
  });
});
