import { describe, expect, test } from "vitest";
import { daysAfter } from "@/lib/clock.ts";
import type { NameLeave } from "@/lib/generated/prisma/client.ts";
import { leaveOf, leavesBy } from "./leave-rules.ts";

test("A name of .uk leaves by a tag, and any other by a code", () => {
  expect(["smith.uk", "smith.co.uk", "smith.family", "uk.me"].map(leavesBy)).toEqual(["tag", "tag", "code", "code"]);
});

describe("What the engine has to know of a name's leaving", () => {
  const now = new Date("2027-02-01T10:00:00Z");
  const asked: NameLeave = {
    ...{ id: "lev_1", tenantId: "ten_1", open: "ten_1", tag: null, askedAt: now, askedBy: "usr_1" },
    ...{ waitsUntil: daysAfter(now, 1), givenAt: null, givenBy: null, sealed: null, shownAt: null },
    ...{ endedAt: null, endedHow: null, lockedAt: null },
  };
  const state = (...leaves: NameLeave[]) => leaveOf({ nameLeftAt: null }, leaves)?.state;
  const given = { ...asked, givenAt: now };

  test("is nothing where nobody asked, or where it was stopped", () => {
    expect(state()).toBeUndefined();
    expect(state({ ...given, open: null, endedHow: "stopped" })).toBeUndefined();
  });

  test("is that it was asked for, that it was given, or that it has left", () => {
    expect(state(asked)).toBe("asked");
    expect(state(given)).toBe("given");
    expect(leaveOf({ nameLeftAt: now }, [])).toMatchObject({ state: "left" });
  });

  test("is that it was given also once the code's days are over, beside one that is asked for anew", () => {
    expect(state(asked, { ...given, id: "lev_0", open: null, endedHow: "ran-out" })).toBe("given");
  });

  test("has the day until which it must not run out: a transfer's end, and the month that the registrar renews ahead", () => {
    expect(leaveOf({ nameLeftAt: null }, [asked])?.until).toEqual(daysAfter(now, 1 + 1 + 14 + 5 + 30));
  });
});
