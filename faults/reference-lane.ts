/** One lane: a process with a database of its own, which goes every so-manieth journey and tells walk.ts what it passed. */
import "../tools/own-names.ts";

const { Database } = await import("./world/database.ts");
const { openCourt } = await import("./judge/judge.ts");
const { journeyNames, pass } = await import("./reference.ts");

// Whoever asked is gone: nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = "", lane = "0", lanes = "1"] = process.argv.slice(2);
const database = new Database(url);
await openCourt(database.db);
for (const [i, name] of journeyNames.entries())
  if (i % Number(lanes) === Number(lane)) process.send?.(await pass(database, name));
await database.close();
process.disconnect();
