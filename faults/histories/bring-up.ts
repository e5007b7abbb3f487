import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Database } from "../world/database.ts";
import { beside, run } from "../world/scratch.ts";
import { asBackup, readable, type Table } from "./history.ts";

const ours = join(import.meta.dirname, "../../prisma/migrations");

/**
 * Rows of an earlier release as today's migrations leave them: in a database of their own, made up to the migration that
 * they were recorded at, the rest of the migrations run over them as they stand in their files. `url` is a database of the
 * same server that nobody else uses: the other one is made beside it, under its name.
 */
export async function bringUp(
  url: string,
  recorded: { readonly migration: string; readonly tables: readonly Table[] },
  folder = ours,
): Promise<readonly Table[]> {
  const [before, after] = split(folder, recorded.migration);
  return beside(url, async (scratch) => {
    await run(scratch, before);
    await within(scratch, (database) => database.restore(asBackup(recorded.tables)));
    await run(scratch, after);
    return within(scratch, async (database) => readable(await database.backUp()));
  });
}

async function within<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** What had been applied, and what comes after it. */
function split(folder: string, last: string): [string[], string[]] {
  const names = readdirSync(folder)
    .filter((name) => /^\d/.test(name))
    .sort();
  const known = names.indexOf(last);
  if (known < 0) throw new Error(`There is no migration ${last}: what a release has applied keeps its name`);
  const sql = names.map((name) => readFileSync(join(folder, name, "migration.sql"), "utf8"));
  return [sql.slice(0, known + 1), sql.slice(known + 1)];
}
