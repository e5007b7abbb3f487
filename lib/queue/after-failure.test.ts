import { expect, test } from "vitest";
import { Refused, Unreachable } from "@/lib/errors.ts";
import { afterFailure, mostTries } from "./after-failure.ts";

const began = new Date("2026-11-24T21:00:00Z");
const vendor = { vendor: "test", call: "call" };

/** Fails until it is given up: how often, and how many seconds after the first time. */
function failing(error: unknown, firstSeconds?: number) {
  let now = began;
  let tries = 0;
  const waits: number[] = [];
  for (;;) {
    const after = afterFailure({ tries, firstAt: began }, error, now, firstSeconds);
    tries = after.tries;
    if (after.deadAt) return { tries, waits, hours: (now.getTime() - began.getTime()) / 3_600_000 };
    waits.push((after.nextTryAt.getTime() - now.getTime()) / 1000);
    now = after.nextTryAt;
  }
}

test("What fails is tried again ever more slowly, and given up after an hour", () => {
  const { tries, waits, hours } = failing(new Error("a bug"));
  expect(waits.slice(0, 5)).toEqual([2, 4, 8, 16, 32]);
  expect(tries).toBe(mostTries);
  expect(hours).toBeGreaterThan(1);
  expect(hours).toBeLessThan(2);
  expect(failing(new Refused("no", vendor)).tries).toBe(mostTries);
});

test("A vendor who is away is asked once an hour for three days", () => {
  const { tries, waits, hours } = failing(new Unreachable("no answer", vendor));
  expect(Math.max(...waits)).toBe(3600);
  expect(hours).toBeGreaterThanOrEqual(72);
  expect(hours).toBeLessThan(74);
  expect(tries).toBeLessThan(90);
});

test("What was begun anew after a long time has its tries again", () => {
  const later = new Date(began.getTime() + 30 * 86_400_000);
  expect(afterFailure({ tries: 0, firstAt: began }, new Unreachable("no answer", vendor), later).deadAt).toBeNull();
});
