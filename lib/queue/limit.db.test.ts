import { afterAll, describe, expect, test } from "vitest";
import { systemIds } from "@/lib/ids.ts";
import { TestClock } from "@/lib/provisioning/testing/test-clock.ts";
import { type Limiter, type LimitRule, openLimiter } from "./limit.ts";

const url = process.env["REDIS_URL"];
if (!url) throw new Error("REDIS_URL is not set: run scripts/test");
const quiet = () => {};
const clock = new TestClock();
const limiter = openLimiter(url, clock, quiet);
// Nobody listens on the discard port.
const away = openLimiter("redis://127.0.0.1:9", clock, quiet);
afterAll(() => {
  limiter.close();
  away.close();
});

const rule = (differs: Partial<LimitRule> = {}): LimitRule => ({
  what: systemIds.id("test"),
  tries: 3,
  seconds: 3600,
  whenAway: "count-here",
  ...differs,
});
const many = async (by: Limiter, of: LimitRule, times: number, who = "a") =>
  Promise.all(Array.from({ length: times }, () => by.take(of, who)));
const passed = (answers: readonly { ok: boolean }[]) => answers.filter((one) => one.ok).length;

describe("Counting tries", () => {
  test("waits for the first connection rather than refusing whoever comes first", async () => {
    const fresh = openLimiter(url, clock, quiet);
    expect(await fresh.take(rule({ whenAway: "refuse" }), "a")).toEqual({ ok: true });
    fresh.close();
  });

  test("lets so many pass and no more, even all at once", async () => {
    expect(passed(await many(limiter, rule(), 10))).toBe(3);
  });

  test("counts each caller alone", async () => {
    const one = rule();
    await many(limiter, one, 5, "a");
    expect(passed(await many(limiter, one, 5, "b"))).toBe(3);
  });

  test("says how long to wait, and begins anew after that", async () => {
    const one = rule({ tries: 1 });
    await limiter.take(one, "a");
    const refused = await limiter.take(one, "a");
    if (refused.ok) throw new Error("It passed");
    expect(refused.waitSeconds).toBeGreaterThan(0);
    expect(refused.waitSeconds).toBeLessThanOrEqual(3600);
    clock.pass(refused.waitSeconds);
    expect((await limiter.take(one, "a")).ok).toBe(true);
  });

  test("gives back what was no guess", async () => {
    const one = rule({ tries: 1 });
    await limiter.take(one, "a");
    await limiter.giveBack(one, "a");
    expect((await limiter.take(one, "a")).ok).toBe(true);
  });
});

describe("With Redis away", () => {
  test("a rule that may be counted here still is", async () => {
    expect(passed(await many(away, rule(), 10))).toBe(3);
  });

  test("a rule that must not be guessed at lets nobody try", async () => {
    expect(await away.take(rule({ whenAway: "refuse" }), "a")).toEqual({ ok: false, waitSeconds: 60 });
  });
});
