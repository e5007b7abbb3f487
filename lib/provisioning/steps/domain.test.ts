import { describe, expect, test } from "vitest";
import type { Registrar } from "../ports.ts";
import type { Tenant } from "../step.ts";
import { smith } from "../testing/small-world.ts";
import { domain } from "./domain.ts";

const refusing: Registrar = {
  find: async () => undefined,
  listNames: async () => [],
  workflow: async () => ({ state: "failed", words: "The phone number does not exist." }),
  check: async () => ({ kind: "available", price: { currency: "USD", registration: "17.80", renewal: "17.80" } }),
  renewalPrice: async () => undefined,
  register: async () => {},
  setAutoRenew: async () => {},
};
const step = domain(refusing, { wholesaleCap: 40, namesPerCard: 3 });

test("A registration that the registry refused waits for its owner, in the registry's words", async () => {
  expect(await step.inspect(smith, "present", {})).toMatchObject({
    state: "blocked",
    reason: { code: "registry-refused", say: { values: { words: "The phone number does not exist." } } },
  });
});

test("Once the owner corrected the deed it is asked for again", async () => {
  const found = await step.inspect({ ...smith, refusalAnswered: true }, "present", {});
  expect(found).toMatchObject({ state: "changes", changes: [{ verb: "create", once: true }] });
});

const pending: Registrar = {
  ...refusing,
  find: async () => ({ status: "pending", autoRenew: true, expiresAt: null, registeredAt: null }),
};
const limits = { wholesaleCap: 40, namesPerCard: 3 };
const standing = (workflow: Awaited<ReturnType<Registrar["workflow"]>>, tenant = smith) =>
  domain({ ...pending, workflow: async () => workflow }, limits).inspect(tenant, "present", {});

test("While the registrar lists a registration as pending, its workflow says what it waits for", async () => {
  expect(await standing({ state: "running" })).toMatchObject({ state: "waiting" });
  expect(await standing({ state: "action-required", sentTo: "anna@post.example" })).toMatchObject({
    state: "blocked",
    reason: { code: "confirm-email" },
  });
  expect(await standing({ state: "blocked", words: "held" })).toMatchObject({ reason: { code: "registry-held" } });
  expect(await standing({ state: "failed", words: "no" })).toMatchObject({ reason: { code: "registry-refused" } });
});

test("What the registrar lists as pending is never bought again, whatever its workflow says", async () => {
  for (const workflow of [undefined, { state: "succeeded" }, { state: "failed", words: "no" }] as const)
    expect(await standing(workflow, { ...smith, refusalAnswered: true })).toMatchObject({ state: "waiting" });
});

describe("The name of a home that rests", () => {
  const rests = { because: "unpaid", since: new Date("2026-12-24T10:00:00Z") } as const;
  const wanted = async (expiresAt: string | null, autoRenew: boolean, tenant: Tenant = { ...smith, rests }) => {
    const turned: boolean[] = [];
    const registrar: Registrar = {
      ...refusing,
      find: async () => ({ status: "active", autoRenew, expiresAt, registeredAt: "2026-11-24T21:06:00Z" }),
      setAutoRenew: async (_, on) => void turned.push(on),
    };
    const found = await domain(registrar, limits).inspect(tenant, "present", {});
    if (found.state === "changes") for (const change of found.changes) await change.run();
    return found.state === "settled" ? found.facts.autoRenew : turned;
  };

  test("goes on renewing until it was renewed once at our cost", async () => {
    expect(await wanted("2027-11-24T21:06:00Z", true)).toBe(true);
    expect(await wanted(null, true)).toBe(true);
    expect(await wanted("2027-12-24T10:00:00Z", false)).toEqual([true]);
  });

  test("then renews no more, and again as soon as the home is paid for", async () => {
    expect(await wanted("2028-11-24T21:06:00Z", true)).toEqual([false]);
    expect(await wanted("2028-11-24T21:06:00Z", false)).toBe(false);
    expect(await wanted("2028-11-24T21:06:00Z", false, smith)).toEqual([true]);
  });
});

describe("A name that its family takes elsewhere", () => {
  const until = new Date("2027-06-01T10:00:00Z");
  const found = (status: "active" | "leaving", more: object = {}): Registrar => ({
    ...refusing,
    find: async () => ({
      ...{ status, autoRenew: true, expiresAt: "2027-11-24T21:06:00Z", registeredAt: "2026-11-24T21:06:00Z" },
      ...more,
    }),
  });
  const gone: Registrar = { ...refusing, find: async () => undefined, workflow: async () => undefined };
  const look = (registrar: Registrar, state?: "asked" | "given" | "left", more: Partial<Tenant> = {}) => {
    const tenant = { ...smith, ...more, ...(state ? { leave: { state, until } } : {}) };
    return domain(registrar, limits).inspect(tenant, "present", {});
  };

  test("has left once it is gone and was given to them, and is never bought, be it taken or free", async () => {
    const taken: Registrar = { ...gone, check: async () => ({ kind: "taken" }) };
    for (const registrar of [gone, taken, refusing])
      for (const state of ["given", "left"] as const)
        expect(await look(registrar, state)).toEqual({
          state: "settled",
          facts: { registeredUntil: null, autoRenew: false, elsewhere: true },
        });
  });

  test("that is gone before anything was given is what it always was: a purchase to be judged", async () => {
    expect(await look(gone, "asked")).toMatchObject({ state: "changes" });
    expect(await look(gone)).toMatchObject({ state: "changes" });
  });

  test("is asked for by another registrar: theirs to do when it was given, and a person's to stop otherwise", async () => {
    expect(await look(found("leaving"), "given")).toMatchObject({ state: "settled", facts: { leaving: true } });
    for (const state of ["asked", undefined] as const)
      expect(await look(found("leaving"), state)).toMatchObject({
        state: "blocked",
        reason: { code: "registry-status" },
      });
  });

  test("renews while it is asked for where it would run out within it, also of a home that rests", async () => {
    const rests = { because: "ended", since: new Date("2026-02-01T10:00:00Z") } as const;
    const soon = found("active", { expiresAt: "2027-05-01T10:00:00Z", autoRenew: false });
    expect(await look(soon, "asked", { rests })).toMatchObject({ state: "changes" });
    expect(await look(soon, undefined, { rests })).toMatchObject({ state: "settled" });
  });

  test("and is in our list after all is looked after as before", async () => {
    expect(await look(found("active"), "left")).toMatchObject({ state: "settled", facts: { autoRenew: true } });
  });
});
