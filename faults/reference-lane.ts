/** One lane: a process with a database of its own, which is sent one journey's name after the other and tells what it passed. */
import "../tools/own-names.ts";
import type { JourneyName } from "./reference.ts";

const { Database } = await import("./world/database.ts");
const { openCourt } = await import("./judge/judge.ts");
const { pass } = await import("./reference.ts");

// There is no journey left; or whoever asked is gone, and nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = ""] = process.argv.slice(2);
const database = new Database(url);
await openCourt(database.db);
process.on("message", async (name: JourneyName) => void process.send?.(await pass(database, name)));
process.send?.("ready");
