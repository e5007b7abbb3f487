import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCourt } from "../judge/judge.ts";
import { Database } from "./database.ts";
import { beside, run } from "./scratch.ts";

const url = process.env["DATABASE_URL"] ?? "";
const migrations = join(import.meta.dirname, "../../prisma/migrations");

/** A database as a lane of the matrix has it. */
const inLane = (work: (database: Database) => Promise<void>): Promise<void> =>
  beside(url, async (scratch) => {
    const made = readdirSync(migrations).filter((name) => /^\d/.test(name));
    await run(
      scratch,
      made.sort().map((name) => readFileSync(join(migrations, name, "migration.sql"), "utf8")),
    );
    const database = new Database(scratch);
    try {
      await openCourt(database.db);
      await work(database);
    } finally {
      await database.close();
    }
  });

const at = new Date("2027-01-01T00:00:00Z");
const write = ({ db }: Database, id: string) =>
  db.audit.create({ data: { id, staffId: "command", act: "look", subject: "all", reason: "none", outcome: "{}", at } });

test("a refusal that was planned in one world falls upon its next write, and upon none of a later world", () =>
  inLane(async (database) => {
    await write(database, "before");
    const kept = await database.keep();
    await database.refuseNext("40001");
    await expect(write(database, "refused")).rejects.toThrow(/write conflict/);
    await write(database, "again");

    await database.empty();
    // What the world is put back to had written less: the same numbers come again.
    await database.putBack(kept);
    for (const id of ["one", "two", "three"]) await write(database, id);
    expect(await database.db.audit.count()).toBe(4);
  }));
