import { openDb } from "@/lib/db.ts";
import { systemIds } from "@/lib/ids.ts";
import { TestClock } from "@/lib/provisioning/testing/test-clock.ts";
import type { Bell, World } from "@/lib/world.ts";

export interface TestWorld extends World {
  readonly clock: TestClock;
  readonly rung: Bell[];
}

/** A world over the real database that the test command hands over, with a clock that stands still. */
export function dbWorld(): TestWorld {
  const url = process.env["DATABASE_URL"];
  if (!url) throw new Error("DATABASE_URL is not set: run scripts/test");
  const rung: Bell[] = [];
  return {
    db: openDb(url),
    clock: new TestClock(),
    ids: systemIds,
    linkKey: "a key of thirty-two letters or so for tests",
    rung,
    ring: async (bell) => void rung.push(bell),
  };
}

let count = 0;
/** A name no other test uses. */
export const freshName = (): string => `test${process.pid}x${++count}x${systemIds.id("n").slice(2, 10)}.family`;
