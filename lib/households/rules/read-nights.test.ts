import { describe, expect, test } from "vitest";
import { nightsOf, readNights } from "./read-nights.ts";

const none = { from: "", to: "" };
const early = { from: "20:30", to: "07:00" };
const school = { days: [7, 1, 2, 3, 4], ...early };
const weekend = { days: [5, 6], from: "22:00", to: "08:30" };
/** What a parent of a home in London comes to, whose child has these hours so far. */
const read = (
  typed: Partial<Parameters<typeof readNights>[0]["nights"]>,
  { quiet = [], zone = "Europe/London" }: { quiet?: (typeof school)[]; zone?: string } = {},
) => readNights({ nights: { ...nightsOf(quiet), ...typed }, zone }, { rules: { quiet }, zone: null });

describe("Quiet hours as a parent chooses them", () => {
  test("begin in the evening before a school day, or on the two others, by the clock of the home", () => {
    expect(read({ school: early })).toEqual({ quiet: [school], zone: "Europe/London", problems: [] });
    expect(read({ school: early, weekend: { from: "22:00", to: "08:30" } }).quiet).toEqual([school, weekend]);
  });

  test("end when both times are emptied, and one of two nights leaves the other as it is", () => {
    expect(read({ school: none }, { quiet: [school, weekend] }).quiet).toEqual([weekend]);
    expect(read({ school: none, weekend: none }, { quiet: [school, weekend] }).quiet).toEqual([]);
  });

  test("need no clock where there are none", () => {
    expect(read({}, { zone: "" })).toEqual({ quiet: [], zone: null, problems: [] });
  });

  test("of other days than can be chosen stay", () => {
    const monday = { days: [1], from: "12:00", to: "13:00" };
    expect(read({ school: early }, { quiet: [monday] }).quiet).toEqual([monday, school]);
    expect(read({}, { quiet: [monday, school] }).quiet).toEqual([monday, school]);
  });

  test.each([
    [{ school: { from: "20:30", to: "" } }, "schoolTo: family.rules.errors.bothTimes"],
    [{ school: { from: "", to: "07:00" } }, "schoolFrom: family.rules.errors.bothTimes"],
    [{ weekend: { from: "half past eight", to: "07:00" } }, "weekendFrom: family.rules.errors.time"],
    [{ weekend: { from: "20:30", to: "24:00" } }, "weekendTo: family.rules.errors.time"],
    [{ weekend: { from: "20:30", to: "20:30" } }, "weekendTo: family.rules.errors.sameTimes"],
  ])("are sent back with %j", (typed, problem) => {
    expect(read(typed).problems.map(({ at, say }) => `${at}: ${say.key}`)).toEqual([problem]);
  });

  test.each(["", "London", "Europe/Atlantis"])("are sent back with the clock of '%s'", (zone) => {
    const { problems } = read({ school: early }, { zone });
    expect(problems.map(({ at, say }) => `${at}: ${say.key}`)).toEqual(["zone: family.rules.errors.zone"]);
  });
});
