import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysAfter } from "@/lib/clock.ts";
import { ageBands } from "./age-band.ts";
import { beginWith } from "./begin-with.ts";
import { announcedAt, bandAt, birthdayOf, grownInto, nextGrowth } from "./growing-up.ts";

const on = (day: string) => new Date(`${day}T00:00:00Z`);
const born = on("2017-03-12");

describe("A child who was born on a day", () => {
  test.each([
    ["2017-03-12", "under-10"],
    ["2027-03-11", "under-10"],
    ["2027-03-12", "10-12"],
    ["2030-03-12", "13-15"],
    ["2033-03-12", "16-17"],
    ["2035-03-11", "16-17"],
    ["2035-03-12", undefined],
  ])("is on %s of the band %s", (day, band) => {
    expect(bandAt(born, on(day))).toBe(band);
  });

  test("is a year older on the first of March, if that day was the last of February in a leap year", () => {
    expect(birthdayOf(on("2016-02-29"), 10)).toEqual(on("2026-03-01"));
    expect(birthdayOf(on("2016-02-29"), 16)).toEqual(on("2032-02-29"));
  });

  test("is announced to be eighteen ninety and seven days before, and on the day no more", () => {
    const adult = on("2035-03-12");
    const announced = [-91, -90, -8, -7, -1, 0].map((days) => announcedAt(born, daysAfter(adult, days)));
    expect(announced).toEqual([undefined, 90, 90, 7, 7, undefined]);
  });

  test("comes, from moment to moment that makes a difference, by every band, both announcements and eighteen", () => {
    const moments: Date[] = [];
    for (let next = nextGrowth(born, born); next; next = nextGrowth(born, next)) moments.push(next);
    expect(moments.map((at) => at.toISOString().slice(0, 10))).toEqual([
      ...["2027-03-12", "2030-03-12", "2033-03-12"],
      ...["2034-12-12", "2035-03-05", "2035-03-12"],
    ]);
  });

  test("is of one band until the next of those moments, whatever the day and the hour", () => {
    const days = fc.date({ min: on("2009-01-01"), max: on("2026-11-30"), noInvalidDate: true });
    const later = fc.integer({ min: 0, max: 18 * 366 });
    fc.assert(
      fc.property(days, later, (birth, after) => {
        const bornOn = on(birth.toISOString().slice(0, 10));
        const now = daysAfter(bornOn, after);
        const next = nextGrowth(bornOn, now);
        if (next) expect(bandAt(bornOn, new Date(next.getTime() - 1))).toBe(bandAt(bornOn, now));
      }),
    );
  });
});

test("A child who grows into other rules keeps whom it knows and what a parent decided for its nights", () => {
  const now = {
    ...beginWith["under-10"],
    contacts: { family: true, people: ["@ruth:jones.family"], servers: [], never: ["@odd:odd.example"] },
    quiet: [{ days: [1], from: "20:00", to: "07:00" }],
    uploadMegabytes: 5,
  };
  for (const band of ageBands) {
    const { contacts, quiet, uploadMegabytes, stranger, found } = grownInto(band, now);
    expect({ contacts, quiet, uploadMegabytes }).toEqual({
      ...{ contacts: now.contacts, quiet: now.quiet, uploadMegabytes: 5 },
    });
    expect([stranger, found]).toEqual([beginWith[band].stranger, beginWith[band].found]);
  }
});
