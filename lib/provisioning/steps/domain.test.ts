import { expect, test } from "vitest";
import type { Registrar } from "../ports.ts";
import { smith } from "../testing/small-world.ts";
import { domain } from "./domain.ts";

const refusing: Registrar = {
  find: async () => undefined,
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
