import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { withinBudget } from "@/lib/budget.ts";
import { openCloudflare } from "@/lib/cloudflare/client.ts";
import { cloudflareNameSearch } from "@/lib/cloudflare/name-search.ts";
import { cloudflareRegistrar } from "@/lib/cloudflare/registrar.ts";
import { Unreachable } from "@/lib/errors.ts";
import { TestClock } from "@/lib/provisioning/testing/test-clock.ts";
import { openLimiter } from "@/lib/queue/limit.ts";
import { type Purpose, routineWait, type VendorRule, vendorBudget, vendorRules } from "@/lib/queue/vendor-budget.ts";
import { stripeCashier } from "@/lib/stripe/cashier.ts";
import { openStripe } from "@/lib/stripe/client.ts";

const url = process.env["REDIS_URL"];
if (!url) throw new Error("REDIS_URL is not set: run scripts/test");
const clock = new TestClock();
// Two processes, and one that has lost Redis.
const [here, there] = [openLimiter(url, clock, () => undefined), openLimiter(url, clock, () => undefined)];
const away = openLimiter("redis://127.0.0.1:9", clock, () => undefined);
afterAll(() => {
  for (const limiter of [here, there, away]) limiter.close();
});
// Each test begins in a window of its own, and after whatever pause the one before made.
beforeEach(() => clock.pass(86_400 - ((clock.now().getTime() / 1000) % 60)));

const { cloudflare, stripe } = vendorRules({ CALLS_CLOUDFLARE: 192, CALLS_STRIPE: 40 });
const budget = (limiter = here, purpose: Purpose = "homes", rule: VendorRule = cloudflare) =>
  vendorBudget(limiter, clock, rule, purpose);
/** How many of so many calls are made now. */
async function made(times: number, by = budget()): Promise<number> {
  const waits = await Promise.all(Array.from({ length: times }, () => by.take()));
  return waits.filter((wait) => wait === 0).length;
}

/** A vendor that counts what reaches it. */
function vendor(answer: () => Response) {
  const heard: string[] = [];
  const transport: typeof fetch = async (input) => {
    heard.push(String(input instanceof Request ? input.url : input));
    return answer();
  };
  return { heard, transport };
}
const nothing = () => Response.json({ success: true, errors: [], messages: [], result: { domains: [] } });
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "it went well",
    (error: unknown) => error,
  );

describe("The budget of one vendor", () => {
  test("is shared by all processes", async () => {
    expect((await made(150, budget(here))) + (await made(150, budget(there)))).toBe(cloudflare.calls);
  });

  test("keeps any five minutes below what Cloudflare allows, however hard it is asked", async () => {
    const perTenSeconds: number[] = [];
    for (let n = 0; n < 90; n++) {
      perTenSeconds.push(await made(40));
      clock.pass(10);
    }
    const fives = perTenSeconds.map((_, n) => perTenSeconds.slice(n, n + 30).reduce((sum, one) => sum + one, 0));
    expect(Math.max(...fives)).toBeLessThan(1200);
    expect(fives[0]).toBeGreaterThanOrEqual(960);
  });

  test("leaves a fifth to homes when people look for names, and more when it is routine", async () => {
    expect(await made(500, budget(here, "routine"))).toBe(115);
    expect(await routineWait(there, cloudflare)).toBeGreaterThan(0);
    expect(await made(500, budget(here, "visitors"))).toBe(153 - 115);
    expect(await made(500, budget(here, "homes"))).toBe(192 - 153);
    clock.pass(60);
    expect(await routineWait(there, cloudflare)).toBe(0);
  });

  test("is counted by each process for itself while Redis is away", async () => {
    expect(await made(200, budget(away, "visitors"))).toBe(153);
  });

  test("of a short window is waited for in the call itself", async () => {
    const slept: number[] = [];
    const sleeper = {
      now: () => clock.now(),
      sleep: async (ms: number) => {
        slept.push(ms);
        clock.pass(ms / 1000);
      },
    };
    const by = vendorBudget(here, sleeper, stripe, "homes");
    for (let n = 0; n < stripe.calls; n++) expect(await by.take()).toBe(0);
    expect(await by.take()).toBe(0);
    expect(slept).toEqual([1000]);
  });
});

describe("Over budget", () => {
  test("nothing is sent, and the adapter says that nothing was done and for how long to wait", async () => {
    await made(192);
    const { heard, transport } = vendor(nothing);
    const account = openCloudflare({
      token: "t",
      accountId: "a",
      url: "http://cloudflare.test",
      transport: withinBudget(budget(), transport),
    });
    for (const asked of [
      cloudflareRegistrar(account).find("smith.family"),
      cloudflareNameSearch(account).check(["smith.family"]),
    ]) {
      const error = await caught(asked);
      expect(error).toBeInstanceOf(Unreachable);
      expect(error).toMatchObject({ effect: "none", vendor: { status: 429 } });
      const { retryAfterSeconds } = (error as Unreachable).vendor;
      expect(retryAfterSeconds).toBeGreaterThan(0);
    }
    expect(heard).toEqual([]);
  });

  test("each home hears its own turn: as many a minute as the vendor's calls are enough for", async () => {
    await made(192);
    const waits: number[] = [];
    for (let n = 0; n < 30; n++) waits.push(await budget(n % 2 ? here : there).take());
    const perMinute = Math.floor(cloudflare.calls / cloudflare.callsPerHome);
    expect(waits.filter((wait) => wait <= 60)).toHaveLength(perMinute);
    expect(waits.filter((wait) => wait > 60 && wait <= 120)).toHaveLength(perMinute);
    expect(waits.filter((wait) => wait > 120)).toHaveLength(30 - 2 * perMinute);
  });
});

describe("A vendor that asks us to slow down", () => {
  const slower = (headers: Record<string, string>) => () =>
    Response.json(
      { success: false, errors: [{ message: "Slow down" }], error: { type: "rate_limit_error", message: "Slow down" } },
      { status: 429, headers },
    );

  test("is left alone by every process for as long as it said, and asked once, not again and again", async () => {
    const { heard, transport } = vendor(slower({ "retry-after": "40" }));
    const registrar = (limiter = here) =>
      cloudflareRegistrar(
        openCloudflare({
          token: "t",
          accountId: "a",
          url: "http://cloudflare.test",
          transport: withinBudget(budget(limiter), transport),
        }),
      );
    expect(await caught(registrar().find("smith.family"))).toMatchObject({
      message: "Slow down",
      effect: "none",
      vendor: { retryAfterSeconds: 40 },
    });
    expect(heard).toHaveLength(1);
    expect(await caught(registrar(there).find("jones.family"))).toMatchObject({ effect: "none" });
    expect(heard).toHaveLength(1);
    clock.pass(41);
    await caught(registrar(there).find("jones.family"));
    expect(heard).toHaveLength(2);
  });

  test("and names no time is left alone for as long as it usually means", async () => {
    const { transport } = vendor(slower({}));
    await withinBudget(budget(), transport)("http://cloudflare.test/");
    clock.pass(290);
    expect(await made(1)).toBe(0);
    clock.pass(11);
    expect(await made(1)).toBe(1);
  });

  test("as Stripe does is told the same way", async () => {
    const { heard, transport } = vendor(slower({ "retry-after": "7", "request-id": "req_1" }));
    const cashier = stripeCashier(
      openStripe("sk_test_1", "http://stripe.test", withinBudget(budget(here, "homes", stripe), transport)),
    );
    expect(await caught(cashier.findRefund("pi_1", "ref_1"))).toMatchObject({
      effect: "none",
      vendor: { status: 429, requestId: "req_1", retryAfterSeconds: 7 },
    });
    expect(heard).toHaveLength(1);
  });
});
