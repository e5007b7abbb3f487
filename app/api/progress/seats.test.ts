import { expect, test } from "vitest";
import { takeSeat } from "./seats.ts";

test("One caller has twenty streams and no more, and a place that is left can be taken again", () => {
  const seats = Array.from({ length: 25 }, () => takeSeat("a"));
  expect(seats.filter(Boolean)).toHaveLength(20);
  expect(takeSeat("b")).toBeDefined();
  const leave = seats[0];
  leave?.();
  // Leaving twice frees one place, not two.
  leave?.();
  expect([takeSeat("a"), takeSeat("a")].filter(Boolean)).toHaveLength(1);
});
