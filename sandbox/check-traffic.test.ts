import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testFolder } from "./shared/test-folder.ts";
import exceptions from "./traffic-exceptions.json" with { type: "json" };

/** A checker that objects to every exchange with `wrong` in it: this tests what becomes of a finding, not what is one. */
const checker = `export const report = (exchanges) => ({
  lines: [],
  violations: exchanges.filter((one) => one.wrong).map((one, n) => ({
    vendor: one.vendor, endpoint: "GET /" + one.wrong, kind: "missing", path: "response.list[" + n + "].id", message: "is not there",
    ...one.exactly,
  })),
});`;

/** Runs the program as the whole test does: plain node, on a folder of recorded traffic. */
function check(traffic: Readonly<Record<string, readonly object[]>>) {
  const [record, specs] = [testFolder("traffic"), testFolder("specs")];
  writeFileSync(join(specs, "conform.mjs"), checker);
  for (const [vendor, exchanges] of Object.entries(traffic)) {
    const lines = exchanges.map((one) => `${JSON.stringify({ vendor, ...one })}\n`);
    writeFileSync(join(record, `${vendor}.jsonl`), lines.join(""));
  }
  const program = join(import.meta.dirname, "check-traffic.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, record, specs], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const good = { stripe: [{}, {}], "stripe-webhook": [{}], cloudflare: [{}] };

test("Traffic that agrees with the descriptions passes, counted for each vendor", () => {
  const { status, stdout } = check(good);
  expect(stdout).toContain("stripe: 2 exchanges, 0 findings explained, 0 not");
  expect(status).toBe(0);
});

test("A finding that nobody explained is printed once for all places like it, and fails", () => {
  const { status, stderr } = check({ ...good, cloudflare: [{ wrong: "zones" }, { wrong: "zones" }, {}] });
  expect(stderr.trim()).toBe("cloudflare GET /zones: missing at response.list[].id: is not there");
  expect(status).toBe(1);
});

test("A finding that is explained passes, at its place and below it, and nowhere else", () => {
  const [known] = exceptions;
  const finding = (path: string) => ({ wrong: "x", exactly: { endpoint: known?.call, kind: known?.kind, path } });
  const below = check({ ...good, cloudflare: [finding(`${known?.path}.properties.phone`)] });
  expect(below.stdout).toContain("cloudflare: 1 exchanges, 1 findings explained, 0 not");
  expect(below.status).toBe(0);
  expect(check({ ...good, cloudflare: [finding(`${known?.path}s`)] }).status).toBe(1);
  expect(exceptions.filter((one) => one.why.length < 20)).toEqual([]);
});

test("An answer that was spoiled on purpose is no finding", () => {
  expect(check({ ...good, stripe: [{}, { wrong: "x", fault: "malformed" }] }).status).toBe(0);
});

test("A vendor without any traffic fails: nothing was shown", () => {
  const { status, stderr } = check({ ...good, "stripe-webhook": [] });
  expect(stderr).toContain("stripe-webhook: nothing was recorded");
  expect(status).toBe(1);
});
