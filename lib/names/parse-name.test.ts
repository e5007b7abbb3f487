import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseName } from "./normalise-name.ts";
import { mostInAll, type NameReading, parseName } from "./parse-name.ts";

const endings = {
  family: { shortest: 3 },
  uk: { shortest: 3 },
  org: { shortest: 3 },
  me: { shortest: 3 },
  com: { shortest: 3 },
};
const read = (typed: string): NameReading => parseName(typed, endings);
const key = (typed: string) => {
  const reading = read(typed);
  return reading.kind === "problem" ? reading.say.key : reading.kind;
};

/** Any text a person or a script could send. */
const anything = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(..."abс-.@:/'<>ü 1\u200b😀\u0000"), maxLength: 40 }),
);

describe("a name as typed", () => {
  it.each([
    ["smith", { kind: "label", label: "smith" }],
    ["  Smith  ", { kind: "label", label: "smith" }],
    ["SMITH.Family.", { kind: "name", name: "smith.family", label: "smith", ending: "family" }],
    ["ｓｍｉｔｈ。family", { kind: "name", name: "smith.family", label: "smith", ending: "family" }],
    ["smith–jones.uk", { kind: "name", name: "smith-jones.uk", label: "smith-jones", ending: "uk" }],
    ["smith.museum", { kind: "unsold", name: "smith.museum", label: "smith", ending: "museum" }],
    ["smith.co.uk", { kind: "unsold", name: "smith.co.uk", label: "smith", ending: "co.uk" }],
    ["smith.constructor", { kind: "unsold", name: "smith.constructor", label: "smith", ending: "constructor" }],
    ["nameplate.family", { kind: "kept", name: "nameplate.family", label: "nameplate" }],
  ])("%s is understood", (typed, reading) => {
    expect(read(typed)).toEqual(reading);
  });

  it.each([
    ["", "name.errors.empty"],
    [" \n\t ", "name.errors.empty"],
    ["...", "name.errors.dots"],
    ["o’brien family", "name.errors.space"],
    ["o'brien", "name.errors.space"],
    ["müller", "name.errors.character"],
    ["smith_jones", "name.errors.character"],
    ["smith&sons", "name.errors.character"],
    ["-smith", "name.errors.hyphenEnds"],
    ["smith-.family", "name.errors.hyphenEnds"],
    ["xn--smith", "name.errors.hyphenEnds"],
    ["a".repeat(64), "name.errors.tooLong"],
    [`${"a".repeat(63)}.international`, "name.errors.tooLongInAll"],
    ["ab.family", "name.errors.tooShort"],
    [".family", "name.errors.onlyEnding"],
    ["co.uk", "name.errors.onlyEnding"],
    ["anna.smith.family", "name.errors.dots"],
    ["smith..family", "name.errors.dots"],
    ["www.smith.family", "name.errors.webPage"],
    ["https://smith.family/anna?x=1", "name.errors.webPage"],
    ["http://", "name.errors.webPageBare"],
    ["anna@smith.family", "name.errors.email"],
    ["@", "name.errors.emailBare"],
    ["@anna:smith.family", "name.errors.address"],
    ["смит", "name.errors.character"],
    ["smитh", "name.errors.mixed"],
    ["smith😀", "fields.pictures"],
    ["sm\u200bith", "fields.hidden"],
    ["sm\u0000ith", "fields.hidden"],
    ["smith\u202e", "fields.hidden"],
    ["<b>smith</b>", "fields.markup"],
  ])("%j is explained by %s", (typed, expected) => {
    expect(key(typed)).toBe(expected);
  });

  it("names the character that cannot stand in a name", () => {
    expect(read("smith_jones")).toMatchObject({ say: { values: { c: "_" } }, perhaps: ["smithjones"] });
    expect(read("Müller")).toMatchObject({ say: { values: { c: "ü" } }, perhaps: ["muller", "mueller"] });
  });

  it("offers what they may have meant", () => {
    expect(read("O’Brien family")).toMatchObject({ perhaps: ["obrien-family", "obrienfamily"] });
    expect(read("https://www.smith.family/")).toMatchObject({ perhaps: ["smith.family"] });
    expect(read("anna.smith@gmail.com")).toMatchObject({ perhaps: ["smith.family"] });
    expect(read("anna@jones.uk")).toMatchObject({ perhaps: ["jones.uk"] });
    expect(read("@anna:smith.family")).toMatchObject({ perhaps: ["smith.family"] });
  });

  it("shows which letter is a look-alike, and what the name passes for", () => {
    const reading = read("ѕmith.family");
    expect(reading).toMatchObject({ kind: "odd", other: "smith.family" });
    if (reading.kind !== "odd") throw new Error("not odd");
    expect(reading.letters[0]).toEqual({ sign: "ѕ", meant: "s", alphabet: "Cyrillic" });
    expect(reading.letters.slice(1).every((letter) => letter.alphabet === undefined)).toBe(true);
  });

  it.each(["ѕmith.family", "jοnes.uk", "рауне", "ոame", "smıth"])("%s is never taken for a name", (typed) => {
    expect(key(typed)).toBe("odd");
  });

  it("never throws, and what it lets through are plain letters that fit a home", () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const reading = read(typed);
        if (reading.kind === "name" || reading.kind === "unsold") {
          expect(reading.name).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
          expect(reading.name.length).toBeLessThanOrEqual(mostInAll);
          expect(reading.name).toBe(`${reading.label}.${reading.ending}`);
        }
        if (reading.kind === "label") expect(reading.label).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads its own answer again as the same", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9-]{1,20}(\.[a-z]{2,8})?$/), (typed) => {
        const reading = read(typed);
        if (reading.kind === "name") expect(read(reading.name)).toEqual(reading);
      }),
    );
  });
});

describe("normalising", () => {
  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const name = normaliseName(typed);
        expect(normaliseName(name)).toBe(name);
      }),
      { numRuns: 3000 },
    );
  });

  it("makes EXAMPLE.com. and example.com one name", () => {
    expect(normaliseName("EXAMPLE.com.")).toBe(normaliseName("example.com"));
  });
});
