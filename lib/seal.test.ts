import { expect, test } from "vitest";
import { Refused } from "./errors.ts";
import { systemIds } from "./ids.ts";
import { openSeal, seal } from "./seal.ts";

const sealer = { key: "a key of thirty-two letters or so for tests", purpose: "tests 1" };

test("What is sealed opens for its own row, key and purpose, and for no other", () => {
  const sealed = seal(sealer, "row_1", "a secret", systemIds);
  expect(sealed).not.toContain("secret");
  expect(openSeal(sealer, "row_1", sealed)).toBe("a secret");
  for (const [other, row] of [
    [sealer, "row_2"],
    [{ ...sealer, key: `${sealer.key}!` }, "row_1"],
    [{ ...sealer, purpose: "tests 2" }, "row_1"],
  ] as const)
    expect(() => openSeal(other, row, sealed)).toThrow(Refused);
});

test("Sealed twice it looks different", () => {
  expect(seal(sealer, "row_1", "a secret", systemIds)).not.toBe(seal(sealer, "row_1", "a secret", systemIds));
});
