import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "@/lib/clock.ts";
import { openListener } from "@/lib/db.ts";
import { hashSecret } from "@/lib/ids.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { lookAgain } from "@/lib/tenants/look-again.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { describeWatch } from "./describe-watch.ts";
import { followProgress } from "./follow-progress.ts";
import { orderKey } from "./open-order.ts";
import { orderKeyOf } from "./order-key-of.ts";
import { tellWatchers } from "./tell-watchers.ts";

const world = dbWorld();
const url = process.env["DATABASE_URL"] ?? "";
const listener = openListener(url, () => {});
afterAll(() => world.db.$disconnect());
beforeEach(() => world.rung.splice(0));

/** A paid order with its tenant and these findings. */
async function paid(
  findings: Readonly<Record<string, string | { state: string; code: string }>> = {},
  differs: object = {},
) {
  const now = world.clock.now();
  const money = {
    paidAt: now,
    paidMinor: 625,
    paidCurrency: "GBP",
    receiptNumber: "2026-0412",
    cardLabel: "Visa ending 4242",
  };
  const { order, key } = await makeOrder(world, { state: "paid", ...money, ...differs });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  for (const [step, found] of Object.entries(findings)) {
    const { state, code } = typeof found === "string" ? { state: found, code: "" } : found;
    const reason = code ? { code, detail: "x" } : {};
    await world.db.stepState.create({
      data: { tenantId, step, want: "present", state, reason, lookedAt: now, changedAt: now, fence: 1n },
    });
  }
  return { order, key, tenantId };
}
const phaseOf = async (key: string) => (await describeWatch(world, { key })).phase;

describe("What a buyer watches", () => {
  test.each([
    ["draft", "unpaid"],
    ["checkout", "payment"],
    ["lost", "lost"],
    ["refunding", "refunding"],
    ["refunded", "refunded"],
  ] as const)("of an order that is %s is %s", async (state, phase) => {
    expect(await phaseOf((await makeOrder(world, { state })).key)).toBe(phase);
  });

  test("is being made, then slower than usual, and never done before it was seen from outside", async () => {
    const { key, tenantId } = await paid({ domain: "settled", "seen-from-outside": "settled" });
    expect(await phaseOf(key)).toBe("making");
    world.clock.pass(91);
    expect(await phaseOf(key)).toBe("delayed");
    await world.db.tenant.update({ where: { id: tenantId }, data: { readyAt: world.clock.now() } });
    expect(await phaseOf(key)).toBe("done");
  });

  test.each([
    ["confirm-email", "needs-you"],
    ["registry-refused", "needs-you"],
    ["card-risk", "delayed"],
    ["doubt-twice", "delayed"],
  ])("with the registration blocked by %s is %s: only what they can do is asked of them", async (code, phase) => {
    const { key } = await paid({ domain: { state: "blocked", code } });
    expect(await phaseOf(key)).toBe(phase);
  });

  test("is nobody else's", async () => {
    await paid();
    await expect(describeWatch(world, { key: "nobody's" })).rejects.toMatchObject({ kind: "not-found" });
    await expect(describeWatch(world, { userId: "usr_nobody" })).rejects.toMatchObject({ kind: "not-found" });
    await expect(describeWatch(world, undefined)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("opens on another device to who signed in with the mailbox it was paid with, and to nobody else", async () => {
    const id = world.ids.id("ord");
    const email = `${id}@post.example`;
    const keyHash = hashSecret(orderKey(world.linkKey, id));
    await paid({}, { id, email, keyHash });
    const key = await orderKeyOf(world, { email: email.toUpperCase(), emailVerified: true });
    expect(key && (await phaseOf(key))).toBe("making");
    expect(await orderKeyOf(world, { email, emailVerified: false })).toBeUndefined();
    expect(await orderKeyOf(world, { email: "else@post.example", emailVerified: true })).toBeUndefined();
  });
});

describe("Pressing that the link was pressed", () => {
  test("asks for one look, however often it is pressed", async () => {
    const { key, tenantId } = await paid({ domain: { state: "blocked", code: "confirm-email" } });
    await lookAgain(world, { key });
    await lookAgain(world, { key });
    expect(world.rung).toEqual([{ kind: "tenant", tenantId }]);
    world.clock.pass(6);
    await lookAgain(world, { key });
    expect(world.rung).toHaveLength(2);
    await expect(lookAgain(world, { key: "a stranger's" })).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("A progress stream", () => {
  /** Follows in real time, as the web does. */
  function follow(key: string) {
    const [shown, gone] = [[] as boolean[], new AbortController()];
    const show = (_stamp: string, over: boolean) => void shown.push(over);
    const tools = { ...world, clock: systemClock, listener };
    const ended = followProgress(tools, { key }, { show, beat: () => {} }, gone.signal);
    return { shown, ended, leave: () => gone.abort() };
  }
  const notify = (channel: string, id: string) => world.db.$executeRaw`SELECT pg_notify(${channel}, ${id})`;

  test("shows at once how it stands, then each change, and ends when the home is ready", async () => {
    const { key, tenantId } = await paid({ domain: "running" });
    const { shown, ended } = follow(key);
    await vi.waitFor(() => expect(shown).toEqual([false]));
    await world.db.stepState.updateMany({ where: { tenantId }, data: { state: "settled" } });
    await notify("tenant", tenantId);
    await vi.waitFor(() => expect(shown).toEqual([false, false]));
    await world.db.tenant.update({ where: { id: tenantId }, data: { readyAt: world.clock.now() } });
    await notify("tenant", tenantId);
    await ended;
    expect(shown).toEqual([false, false, true]);
  });

  test("sees the payment arrive though no home was wanted when it began", async () => {
    const { order, key } = await makeOrder(world, { state: "checkout" });
    const { shown, leave, ended } = follow(key);
    await vi.waitFor(() => expect(shown).toEqual([false]));
    await world.db.$transaction(async (tx) => {
      await tx.order.update({ where: { id: order.id }, data: { state: "lost" } });
      await tellWatchers(tx, order.id);
    });
    await vi.waitFor(() => expect(shown).toEqual([false, false]));
    leave();
    await ended;
  });

  test("shows nothing for another family's news, nor for its own that change nothing", async () => {
    const [mine, theirs] = [await paid({ domain: "running" }), await paid({ domain: "running" })];
    const { shown, leave, ended } = follow(mine.key);
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    await notify("tenant", theirs.tenantId);
    await notify("tenant", mine.tenantId);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(shown).toHaveLength(1);
    leave();
    await ended;
  });

  test("ends when the reader leaves, and shows a stranger nothing", async () => {
    const { key } = await paid();
    const { leave, ended } = follow(key);
    leave();
    await ended;
    const stranger = follow("a stranger's key");
    await stranger.ended;
    expect(stranger.shown).toEqual([]);
  });
});
