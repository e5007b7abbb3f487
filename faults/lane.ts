/**
 * One lane: a process with a database of its own. It is sent what the journeys passed, and then which of the cases made from
 * that it is to try, one number after the other; a number past the last ends it.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import "../tools/own-names.ts";
import type { Case } from "./case.ts";
import type { Passed } from "./reference.ts";

const { Database } = await import("./world/database.ts");
const { openCourt } = await import("./judge/judge.ts");
const { tryCase } = await import("./try-case.ts");
const { allCases } = await import("./all-cases.ts");

// There is no case left; or whoever asked is gone, and nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = "", block = "", part = "", order = "as made"] = process.argv.slice(2);
const [passed] = (await once(process, "message")) as [readonly Passed[]];
const database = new Database(url);
await openCourt(database.db);
const cases = allCases(passed, block || undefined).filter(({ name }) => name.includes(part));
if (order === "mixed") cases.sort((a, b) => mix(a).localeCompare(mix(b)));
process.on("message", async (nth: number) => {
  const one = cases[nth];
  if (!one) process.exit();
  const { ok, endings, why } = await tryCase(database, one);
  process.send?.({ block: one.block, name: one.name, ok, endings, why });
});
process.send?.("ready");

/** Cases of one kind stand beside each other; whoever looks for the first that fails finds it sooner in this order. */
function mix({ block, name }: Case): string {
  return createHash("sha256").update(`${block} ${name}`).digest("hex");
}
