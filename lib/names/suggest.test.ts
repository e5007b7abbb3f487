import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseName } from "./parse-name.ts";
import { easilyMistaken, skeletonOf } from "./skeleton.ts";
import { candidates, pick, plural } from "./suggest.ts";

const endings = {
  family: { shortest: 3 },
  uk: { shortest: 3 },
  org: { shortest: 3 },
  me: { shortest: 3 },
  com: { shortest: 3 },
};

describe("names near a surname", () => {
  it("begin with the name itself at the first ending, and are no more than a registrar looks up at once", () => {
    const names = candidates("smith", endings);
    expect(names[0]).toBe("smith.family");
    expect(names).toContain("thesmiths.family");
    expect(names.length).toBeLessThanOrEqual(20);
    expect(names).not.toContain("smithfamily.family");
    expect(new Set(names).size).toBe(names.length);
  });

  it("put a first name in front when we know one", () => {
    expect(candidates("smith", endings, "anna")).toContain("annasmith.family");
  });

  it("do not double a family that has its article already", () => {
    expect(candidates("thesmiths", endings).some((name) => name.startsWith("thethe"))).toBe(false);
    expect(candidates("thesmiths", endings)).toContain("smiths.family");
  });

  it("are no endings themselves, as nhs.uk is", () => {
    expect(candidates("nh", endings)).not.toContain("nhs.uk");
  });

  it("are names that can be had", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,60}[a-z0-9]$/).filter((label) => !label.includes("--")),
        (label) => {
          for (const name of candidates(label, endings))
            expect(["name", "kept"]).toContain(parseName(name, endings).kind);
        },
      ),
    );
  });
});

it.each([
  ["smith", "smiths"],
  ["jones", "joneses"],
  ["fox", "foxes"],
  ["kennedy", "kennedys"],
  ["lynch", "lynches"],
])("the family of %s are the %s", (one, many) => {
  expect(plural(one)).toBe(many);
});

describe("picking five", () => {
  it("keeps their order and does not show one ending only", () => {
    const left = ["a.family", "b.family", "c.family", "d.family", "a.uk", "b.uk", "c.org"];
    expect(pick(left)).toEqual(["a.family", "b.family", "a.uk", "b.uk", "c.org"]);
  });

  it("shows one ending only when nothing else is left", () => {
    expect(pick(["a.uk", "b.uk", "c.uk", "d.uk"])).toEqual(["a.uk", "b.uk", "c.uk", "d.uk"]);
  });
});

describe("names that are easily mistaken", () => {
  it.each([
    ["smith.family", "srnith.family"],
    ["smith.family", "sm1th.family"],
    ["smith.family", "smi-th.family"],
    ["brown.uk", "br0wn.uk"],
    ["wells.uk", "vvells.uk"],
    ["hall.family", "ha1l.family"],
    ["hail.family", "ha1l.family"],
  ])("%s and %s", (a, b) => {
    expect(easilyMistaken(a, b)).toBe(true);
    expect(easilyMistaken(b, a)).toBe(true);
    expect(skeletonOf(a)).toBe(skeletonOf(b));
  });

  it.each([
    ["hall.family", "hail.family"],
    ["smith.family", "smiths.family"],
    ["smith.family", "smith.uk"],
    ["smith.family", "smith.family"],
  ])("but not %s and %s", (a, b) => {
    expect(easilyMistaken(a, b)).toBe(false);
  });
});
