import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { zoneOf, zones } from "./zones.ts";

const python = join(import.meta.dirname, "../../.nameplate/python/bin/python");

test("a home knows every time zone that can be chosen", () => {
  const { stdout, status } = spawnSync(
    python,
    ["-c", "import json, zoneinfo; print(json.dumps(list(zoneinfo.available_timezones())))"],
    { encoding: "utf8" },
  );
  expect(status).toBe(0);
  const known = new Set<string>(JSON.parse(stdout));
  expect(zones.filter((one) => !known.has(one))).toEqual([]);
  expect(zones).toContain("Europe/London");
});

test.each([
  ["GB", "Europe/London"],
  // Two by name, with one clock.
  ["DE", "Europe/Berlin"],
  ["US", undefined],
  ["PT", undefined],
  ["XX", undefined],
  ["", undefined],
  ["und", undefined],
])("of a family in %s the clock is %s", (country, zone) => {
  expect(zoneOf(country)).toBe(zone);
});
