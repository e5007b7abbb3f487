import { expect, test } from "vitest";
import { asText } from "./as-text.ts";

test("ordinary text stays as it is, pictures and other alphabets too", () =>
  expect(asText("Ανδρέας 🦊 <b>")).toBe("Ανδρέας 🦊 <b>"));

test("what the database cannot hold becomes something that is as wrong", () =>
  expect(asText("a\u0000b\ud83e")).toBe("a\u0001b\ufffd"));
