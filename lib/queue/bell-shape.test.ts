import { expect, test } from "vitest";
import { bellId, bellShape } from "./bell-shape.ts";

const bells = [
  { kind: "tenant", tenantId: "ten_1" },
  { kind: "look", tenantId: "ten_1" },
  { kind: "asks", tenantId: "ten_1" },
  { kind: "trial", trialId: "trl_1" },
  { kind: "order", orderId: "ord_1" },
  { kind: "event", eventId: "evt_1" },
  { kind: "mail" },
] as const;

test.each(bells)("A bell of the kind $kind carries its kind and one id, and nothing else", (bell) => {
  expect(bellShape.parse(bell)).toEqual(bell);
  expect(bellShape.safeParse({ ...bell, name: "smith.family" }).success).toBe(false);
  expect(bellShape.safeParse({ ...bell, password: "hunter2hunter2" }).success).toBe(false);
});

test("Different bells have different ids", () => {
  expect(new Set(bells.map(bellId)).size).toBe(bells.length);
  expect(bellId({ kind: "event", eventId: "evt_1" })).toBe("event-evt_1");
});
