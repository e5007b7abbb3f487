/** One lane: a process with a database of its own, which lives every so-manieth life and tells main.ts. */
import "../../tools/own-names.ts";

const { Database } = await import("../world/database.ts");
const { liveOnMoney } = await import("./live.ts");

// Whoever asked is gone: nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = "", lane = "0", lanes = "1", from = "1", count = "1"] = process.argv.slice(2);
const database = new Database(url);
for (let seed = Number(from) + Number(lane); seed < Number(from) + Number(count); seed += Number(lanes))
  process.send?.(await liveOnMoney(database, seed));
await database.close();
process.disconnect();
