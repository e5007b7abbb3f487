/** One lane: a process with a database of its own. It says when it is ready, and is sent one seed after the other to live through. */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import "../../tools/own-names.ts";

const { Database } = await import("../world/database.ts");
const { openCourt } = await import("../judge/judge.ts");
const { liveThrough } = await import("./live-through.ts");

// There is no seed left; or whoever asked is gone, and nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = "", folder = ""] = process.argv.slice(2);
const database = new Database(url);
await openCourt(database.db);
process.on("message", async (seed: number) => {
  const file = folder ? openSync(join(folder, `${seed}.${process.pid}`), "w") : undefined;
  const lived = await liveThrough(database, seed, file === undefined ? file : (line) => void writeSync(file, line));
  if (file !== undefined) closeSync(file);
  process.send?.({ seed, ...lived });
});
process.send?.("ready");
