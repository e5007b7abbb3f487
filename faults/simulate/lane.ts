/** One lane: a process with a database of its own, which lives through every so-manieth seed and tells main.ts. */
import "../../tools/own-names.ts";

const { Database } = await import("../world/database.ts");
const { openCourt } = await import("../judge/judge.ts");
const { liveThrough } = await import("./live-through.ts");

// Whoever asked is gone: nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = "", lane = "0", lanes = "1", from = "1", count = "1"] = process.argv.slice(2);
const database = new Database(url);
await openCourt(database.db);
for (let seed = Number(from) + Number(lane); seed < Number(from) + Number(count); seed += Number(lanes))
  process.send?.({ seed, ...(await liveThrough(database, seed)) });
await database.close();
process.disconnect();
