import { expect, test } from "vitest";
import { asMuchOf, mostTyped } from "./most-typed.ts";

test("what is shorter stays as it is", () => expect(asMuchOf("smith 🦊")).toBe("smith 🦊"));

test("a cut through the middle of a picture can still go into an address", () => {
  const cut = asMuchOf(`x${"🦊".repeat(mostTyped)}`);
  expect(cut).toHaveLength(mostTyped);
  expect(() => encodeURIComponent(cut)).not.toThrow();
});
