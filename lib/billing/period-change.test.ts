import { describe, expect, test } from "vitest";
import { mayTurn } from "./period-change.ts";
import type { OrderBill } from "./read-bill.ts";

const bill = (begun: string, started: string, period: "month" | "year" = "month") =>
  ({ begunAt: new Date(begun), subscription: { startedAt: new Date(started), period } }) as unknown as OrderBill;
const now = new Date("2026-06-20T12:00:00Z");

describe("Whether a period ends as the name's next year begins", () => {
  test.each([
    ["of whoever never left", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z", "month", true],
    ["of whoever never left, by the year", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z", "year", true],
    ["of whoever came back on another day", "2026-01-31T12:00:00Z", "2026-05-12T12:00:00Z", "month", false],
    ["of whoever came back on the same day of a month", "2026-01-12T12:00:00Z", "2026-05-12T08:00:00Z", "month", true],
    ["of whoever came back then, by the year", "2026-01-12T12:00:00Z", "2026-05-12T08:00:00Z", "year", false],
    ["of whoever has no bill", "2026-01-12T12:00:00Z", "", "month", false],
  ] as const)("%s", (_, begun, started, period, may) => {
    const read = bill(begun, started || begun, period);
    expect(mayTurn(started ? read : { ...read, subscription: undefined }, now)).toBe(may);
  });
});
