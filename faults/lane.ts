/** One lane of two or more: a process with a database of its own, which tries every so-manieth case and tells main.ts. */
import "../tools/own-names.ts";

const { Database } = await import("./world/database.ts");
const { openCourt } = await import("./judge/judge.ts");
const { tryCase } = await import("./try-case.ts");
const { allCases } = await import("./all-cases.ts");

// Whoever asked is gone: nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = "", lane = "0", lanes = "1", block = "", part = ""] = process.argv.slice(2);
const database = new Database(url);
await openCourt(database.db);
const cases = (await allCases(database, block || undefined)).filter(({ name }) => name.includes(part));
for (const [i, one] of cases.entries()) {
  if (i % Number(lanes) !== Number(lane)) continue;
  const { ok, endings, why } = await tryCase(database, one);
  process.send?.({ block: one.block, name: one.name, ok, endings, why });
}
await database.close();
process.disconnect();
