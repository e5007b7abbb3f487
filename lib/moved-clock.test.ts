import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { systemClock } from "./clock.ts";
import { movedClock } from "./moved-clock.ts";

const folder = mkdtempSync(join(tmpdir(), "moved-clock-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("lives on the day that the file says, from the moment it is written", () => {
  const file = join(folder, "ahead");
  const clock = movedClock(file);
  expect(clock.now().getTime() - systemClock.now().getTime()).toBeLessThan(1000);
  writeFileSync(file, String(400 * 86_400_000));
  expect(Math.round((clock.now().getTime() - systemClock.now().getTime()) / 86_400_000)).toBe(400);
});

it("is the machine's own where no file is named", () => {
  expect(movedClock(undefined)).toBe(systemClock);
});
