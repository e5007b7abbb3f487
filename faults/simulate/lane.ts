/** One lane: a process with a database of its own, which lives through the seeds it is given and tells main.ts. */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import "../../tools/own-names.ts";

const { Database } = await import("../world/database.ts");
const { openCourt } = await import("../judge/judge.ts");
const { liveThrough } = await import("./live-through.ts");

// Whoever asked is gone: nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = "", seeds = "", folder = ""] = process.argv.slice(2);
const database = new Database(url);
await openCourt(database.db);
for (const seed of seeds.split(",").map(Number)) {
  const file = folder ? openSync(join(folder, `${seed}.${process.pid}`), "w") : undefined;
  const lived = await liveThrough(database, seed, file === undefined ? file : (line) => void writeSync(file, line));
  if (file !== undefined) closeSync(file);
  process.send?.({ seed, ...lived });
}
await database.close();
process.disconnect();
