import { expect, test } from "vitest";
import type { Registrar } from "../ports.ts";
import { smith } from "../testing/small-world.ts";
import { domain } from "./domain.ts";

const refusing: Registrar = {
  find: async () => undefined,
  listNames: async () => [],
  workflow: async () => ({ state: "failed", words: "The phone number does not exist." }),
  check: async () => ({ kind: "available", price: { currency: "USD", registration: "17.80", renewal: "17.80" } }),
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
  find: async () => ({ status: "pending", autoRenew: true, expiresAt: null }),
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
