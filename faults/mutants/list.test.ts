import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mutants } from "./list.ts";

const root = join(import.meta.dirname, "../..");

test.each(mutants)("The bug “$name” can still be planted", ({ edits }) => {
  for (const { file, from } of edits) expect(readFileSync(join(root, file), "utf8").split(from)).toHaveLength(2);
});
