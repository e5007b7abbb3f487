/** One lane: a process with a database of its own, which is sent one seed after the other to live through. */
import "../../tools/own-names.ts";

const { Database } = await import("../world/database.ts");
const { liveOnMoney } = await import("./live.ts");

// There is no seed left; or whoever asked is gone, and nobody would hear the rest.
process.once("disconnect", () => process.exit());

const [url = ""] = process.argv.slice(2);
const database = new Database(url);
process.on("message", async (seed: number) => void process.send?.(await liveOnMoney(database, seed)));
process.send?.("ready");
