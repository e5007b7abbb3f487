import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { homeCodes, reasonCodes, reasons } from "./reasons.ts";

test("A home fails with the words that its host knows, and one for those we do not", () => {
  const source = readFileSync("workers/homeserver/nameplate_homes/codes.py", "utf8");
  const told = [...source.matchAll(/^ {4}"([a-z-]+)": Words\(/gm)].map((found) => found[1]);
  expect(told.length).toBeGreaterThan(5);
  expect([...told, "home-failed"].sort()).toEqual([...homeCodes].sort());
});

test("What is simply at work moves by itself", () => {
  for (const code of reasonCodes) {
    const kind = reasons[code];
    if ("atWork" in kind) expect(kind.mover).toBe("itself");
  }
});
