import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePart, proposePart } from "./parse-part.ts";

const name = "smith.family";
const key = (typed: string, given = "Ben") => {
  const reading = parsePart(typed, name, given);
  return reading.ok ? reading.part : reading.say.key.replace("part.errors.", "");
};

describe("a part of an address", () => {
  it.each([
    ["ben", "ben"],
    [" ben ", "ben"],
    ["ben.smith-jones_2", "ben.smith-jones_2"],
    ["", "empty"],
    ["Ben", "capital"],
    ["ben smith", "space"],
    ["zoë", "alphabet"],
    ["бен", "alphabetPlain"],
    ["ben@home", "character"],
    ["ben/../admin", "character"],
    ["ben=", "character"],
    ["ben+", "character"],
    [".ben", "edges"],
    ["ben-", "edges"],
    ["_ben", "edges"],
    ["007", "noLetter"],
    ["card", "kept"],
    ["nameplate-service", "kept"],
    ["a".repeat(300), "tooLong"],
    ["ben😀", "fields.pictures"],
    ["ben\u0007", "fields.hidden"],
    ["<i>ben</i>", "fields.markup"],
  ])("%j gives %s", (typed, expected) => {
    expect(key(typed)).toBe(expected);
  });

  it("says what would do instead", () => {
    expect(parsePart("Ben Smith", name, "Ben")).toMatchObject({ say: { values: { a: "ben.smith", b: "ben-smith" } } });
    expect(parsePart("Zoë", name, "Zoë")).toMatchObject({ say: { values: { plain: "zoe", given: "Zoë" } } });
    expect(parsePart("", name, "Zoë")).toMatchObject({ say: { values: { suggestion: "zoe" } } });
  });

  it("takes no more than Matrix does, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => {
        const reading = parsePart(typed, name, "Ben");
        if (reading.ok) expect(`@${reading.part}:${name}`).toMatch(/^@[a-z0-9._=/+-]{1,243}:smith\.family$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a proposal", () => {
  it.each([
    ["Anna", "anna"],
    ["Anna-Lena", "anna-lena"],
    ["Mary Jane", "mary-jane"],
    ["Zoë", "zoe"],
    ["Søren", "soren"],
    ["D’Arcy", "d-arcy"],
    ["李", ""],
    ["Card", ""],
    ["😀", ""],
  ])("for %s is %j", (given, part) => {
    expect(proposePart(given)).toBe(part);
  });

  it("is always a part that is taken, or nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (given) => {
        const part = proposePart(given);
        if (part !== "") expect(parsePart(part, name, given)).toEqual({ ok: true, part });
      }),
      { numRuns: 1000 },
    );
  });
});
