import { appendFileSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "@/lib/clock.ts";
import { controlRoutes } from "./control.ts";
import { type FailureWords, Faults, faultMiddleware } from "./faults.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { openRecorder } from "./record.ts";
import { type Listening, listen, type SandboxEnv } from "./serve.ts";
import { testFolder } from "./test-folder.ts";

const words: FailureWords = {
  refused: (c, fault) => c.json({ no: fault.words ?? "refused" }, 422),
  broken: (c) => c.json({ no: "broken" }, 500),
  tooMany: (c, seconds) => c.json({ no: "too many" }, 429, { "Retry-After": String(seconds) }),
};

type Bought = { kind: "bought"; name: string };
const folder = () => testFolder("sandbox");

describe("the ledger", () => {
  test("gives back after a restart everything that was written", () => {
    const file = join(folder(), "deep", "ledger.jsonl");
    openLedger<Bought>(file, systemClock).append({ kind: "bought", name: "smith.family" });
    const seen: string[] = [];
    const again = openLedger<Bought>(file, systemClock);
    again.follow((entry) => seen.push(entry.name));
    again.append({ kind: "bought", name: "jones.family" });
    expect(seen).toEqual(["smith.family", "jones.family"]);
    expect(again.entries("bought")).toHaveLength(2);
    expect(again.entries("sold")).toHaveLength(0);
  });

  test("forgets a line that was cut off by a crash, and writes on cleanly", () => {
    const file = join(folder(), "ledger.jsonl");
    openLedger<Bought>(file, systemClock).append({ kind: "bought", name: "smith.family" });
    appendFileSync(file, '{"kind":"bought","na');
    openLedger<Bought>(file, systemClock).append({ kind: "bought", name: "jones.family" });
    const names = openLedger<Bought>(file, systemClock)
      .entries()
      .map((entry) => entry.name);
    expect(names).toEqual(["smith.family", "jones.family"]);
  });

  test("keeps all or none of the things that happened together", () => {
    const file = join(folder(), "ledger.jsonl");
    const names = (ledger: Ledger<Bought>) => ledger.entries().map((entry) => entry.name);
    const pair: Bought[] = [
      { kind: "bought", name: "smith.family" },
      { kind: "bought", name: "jones.family" },
    ];
    openLedger<Bought>(file, systemClock).appendAll(pair);
    expect(names(openLedger<Bought>(file, systemClock))).toEqual(["smith.family", "jones.family"]);
    truncateSync(file, statSync(file).size - 5);
    expect(names(openLedger<Bought>(file, systemClock))).toEqual([]);
  });

  test("refuses to start from a line damaged in the middle", () => {
    const file = join(folder(), "ledger.jsonl");
    appendFileSync(file, '{"kind":"bou\n{"kind":"bought","name":"smith.family","at":"x"}\n');
    expect(() => openLedger(file, systemClock)).toThrow(SyntaxError);
  });
});

describe("a planned fault", () => {
  let server: Listening;
  let effects: number;
  let record: string;
  const at = (path: string) => `http://127.0.0.1:${server.port}${path}`;
  const plan = (fault: object) => fetch(at("/_sandbox/faults"), { method: "POST", body: JSON.stringify(fault) });
  const buy = () =>
    fetch(at("/buy"), { method: "POST", body: "x=1", headers: { authorization: "Bearer very-secret" } });

  beforeEach(async () => {
    effects = 0;
    record = folder();
    const faults = new Faults();
    const on = faultMiddleware(faults, words, systemClock);
    const app = new Hono<SandboxEnv>();
    app.route("/_sandbox", controlRoutes("test", openLedger(join(folder(), "l"), systemClock), faults));
    app.use("/*", openRecorder("test", record, systemClock).middleware);
    app.post("/buy", on("things.buy"), (c) => c.json({ effects: ++effects }));
    server = await listen(app, 0);
  });
  afterEach(() => server.close());

  test.each([
    ["refuse", 422, 0],
    ["500-before", 500, 0],
    ["500-after", 500, 1],
    ["429", 429, 0],
    ["slow", 200, 1],
  ])("of kind %s answers %i and has done the thing %i times", async (kind, status, done) => {
    await plan({ call: "things.buy", kind });
    expect((await buy()).status).toBe(status);
    expect(effects).toBe(done);
    expect((await buy()).status).toBe(200);
  });

  test.each([
    ["timeout-before", 0],
    ["timeout-after", 1],
  ])("of kind %s ends the connection without an answer and has done the thing %i times", async (kind, done) => {
    await plan({ call: "*", kind });
    await expect(buy()).rejects.toThrow("fetch failed");
    expect(effects).toBe(done);
    expect((await buy()).status).toBe(200);
  });

  test("of kind malformed answers with half a JSON text", async () => {
    await plan({ call: "things.buy", kind: "malformed" });
    const answer = await buy();
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
  });

  test("lets the first calls pass and then strikes as often as planned", async () => {
    await plan({ call: "things.buy", kind: "500-before", skip: 1, times: 2 });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await buy()).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  test("holds the request for the milliseconds asked", async () => {
    await plan({ call: "things.buy", kind: "slow", ms: 120 });
    const begun = performance.now();
    await buy();
    // Timers may fire a millisecond early.
    expect(performance.now() - begun).toBeGreaterThan(115);
  });

  test("can be listed and taken back", async () => {
    await plan({ call: "things.buy", kind: "500-before" });
    expect(await (await fetch(at("/_sandbox/faults"))).json()).toHaveLength(1);
    await fetch(at("/_sandbox/faults"), { method: "DELETE" });
    expect((await buy()).status).toBe(200);
  });

  test("that is not understood is answered with what is wrong", async () => {
    const answer = await plan({ call: "things.buy", kind: "explode" });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(await answer.json())).toContain("kind");
    expect((await fetch(at("/_sandbox/faults"), { method: "POST", body: "{" })).status).toBe(400);
  });

  test("is written beside the recorded exchange, whose credentials are masked", async () => {
    await buy();
    await plan({ call: "things.buy", kind: "timeout-after" });
    await buy().catch(() => undefined);
    const text = readFileSync(join(record, "test.jsonl"), "utf8");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      vendor: "test",
      method: "POST",
      url: "/buy",
      requestBody: "x=1",
      status: 200,
      responseBody: '{"effects":1}',
    });
    expect(lines[1]).toMatchObject({ fault: "timeout-after" });
    expect(lines[1]).not.toHaveProperty("status");
    expect(text).not.toContain("very-secret");
  });
});
