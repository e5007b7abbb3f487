import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { withDatabases } from "../databases.ts";

import { Database } from "../world/database.ts";
import { cuts } from "./cuts.ts";
import { type History, keepRecording } from "./history.ts";
import { recordAt } from "./record-at.ts";

const { values } = parseArgs({ options: { release: { type: "string", default: "" } } });
const release = values.release;
if (!/^[\w.-]+$/.test(release)) {
  console.error("--release is the name of the release: letters, digits, points and dashes.");
  process.exit(2);
}

const [revision = "", date = ""] = execFileSync("git", ["show", "-s", "--format=%H %cI", "HEAD"], {
  cwd: import.meta.dirname,
})
  .toString()
  .trim()
  .split(" ");

await withDatabases(1, async ([seat]) => {
  const database = new Database(seat?.url ?? "");
  try {
    const histories: History[] = [];
    for (const cut of cuts) histories.push(await recordAt(database, release, cut));
    const migration = await database.lastMigration();
    const bytes = keepRecording({ release, revision, date, migration, histories });
    console.log(`${histories.length} histories of ${release} at ${migration}: ${Math.ceil(bytes / 1024)} KB`);
  } finally {
    await database.close();
  }
});
