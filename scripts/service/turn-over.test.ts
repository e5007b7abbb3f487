import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { mostBytes, turnOver } from "./turn-over.ts";

const folder = mkdtempSync(join(tmpdir(), "turn-over-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a log of a copy", () => {
  const log = join(folder, "edge.log");

  it("is left alone while it is small, and where there is none yet", () => {
    turnOver(log);
    writeFileSync(log, "first\n");
    turnOver(log);
    expect(readFileSync(log, "utf8")).toBe("first\n");
    expect(existsSync(`${log}.1`)).toBe(false);
  });

  it("is put aside when it grew too large, and takes the place of the one before", () => {
    writeFileSync(`${log}.1`, "the one before");
    truncateSync(log, mostBytes + 1);
    turnOver(log);
    expect(existsSync(log)).toBe(false);
    expect(readFileSync(`${log}.1`, "utf8")).toHaveLength(mostBytes + 1);
    expect(readFileSync(`${log}.1`, "utf8").startsWith("first\n")).toBe(true);
  });
});
