import type { Db } from "@/lib/db.ts";
import { openDb } from "@/lib/db.ts";

/** The tables of the product, without the migrations' own. */
const tablesOf = (db: Db): Promise<{ name: string }[]> =>
  db.$queryRaw`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'`;

/** Everything in the product's tables at one moment, as a backup of the database holds it. */
export type Backup = readonly { readonly table: string; readonly rows: string }[];

/** A statement that makes a database what it was: the product's rows, what triggers noted, and how far was counted. */
export type Kept = string & { readonly kept: true };

/** What triggers note, beside the product's tables. */
const notes = ["ledger.moves", "ledger.renames", "ledger.late_writes"];

/** One case's database: a copy of a migrated one, emptied between cases. */
export class Database {
  readonly db: Db;
  readonly url: string;
  #tables: readonly string[] = [];

  constructor(url: string) {
    this.url = url;
    const names = new Map<string, string>();
    this.db = openDb(url, 12, ({ sql }) => {
      const name = names.get(sql) ?? `s${names.size}`;
      names.set(sql, name);
      return name;
    });
  }

  /**
   * For a new world: nothing is in the product's tables, and nothing of what triggers noted of an earlier one or were to refuse in
   * it; what counts begins at one.
   */
  async empty(): Promise<void> {
    await this.#wipe();
    await this.db.$executeRaw`DO $$ BEGIN
      PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE schemaname = 'public';
      IF to_regclass('ledger.moves') IS NOT NULL THEN
        DELETE FROM ledger.moves; DELETE FROM ledger.renames; DELETE FROM ledger.late_writes; DELETE FROM ledger.refusal;
      END IF; END $$`;
  }

  /** Deleting is faster than TRUNCATE for tables of a few rows; the links between them are not looked at meanwhile. */
  async #wipe(): Promise<void> {
    const tables = await this.#all();
    const wipe = tables.map((table) => `DELETE FROM "${table}";`).join(" ");
    await this.db.$executeRawUnsafe(`DO $$ BEGIN SET LOCAL session_replication_role = replica; ${wipe} END $$`);
  }

  async backUp(): Promise<Backup> {
    const tables = await this.#all();
    const one = (table: string): string =>
      `SELECT '${table}' AS "table", coalesce(json_agg(t), '[]')::text AS rows FROM "${table}" t`;
    return this.db.$queryRawUnsafe<{ table: string; rows: string }[]>(tables.map(one).join(" UNION ALL "));
  }

  /** All of a world in which everything is at rest, for `putBack`. */
  async keep(): Promise<Kept> {
    const quoted = [...(await this.#all()).map((table) => `"${table}"`), ...notes];
    const filled = quoted.map(
      (
        table,
      ) => `SELECT format('INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, %L);', json_agg(t)) AS sql
        FROM ${table} t HAVING count(*) > 0`,
    );
    const counted = `SELECT format('PERFORM setval(%L, %s);', format('%I.%I', schemaname, sequencename), last_value)
      FROM pg_sequences WHERE last_value IS NOT NULL`;
    const rows = await this.db.$queryRawUnsafe<{ sql: string }[]>([...filled, counted].join(" UNION ALL "));
    const statements = rows.map(({ sql }) => sql).join("\n");
    return `DO $kept$ BEGIN SET LOCAL session_replication_role = replica;\n${statements}\nEND $kept$` as Kept;
  }

  /** Into an empty database, in one statement. */
  async putBack(kept: Kept): Promise<void> {
    await this.db.$executeRawUnsafe(kept);
  }

  async restore(backup: Backup): Promise<void> {
    await this.#wipe();
    await this.db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      for (const { table, rows } of backup)
        await tx.$executeRawUnsafe(
          `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)`,
          rows,
        );
    });
  }

  async lastMigration(): Promise<string> {
    const [last] = await this.db.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1`;
    return last?.name ?? "";
  }

  /** The next statement that writes fails with this code of PostgreSQL's, once. */
  async refuseNext(code: string): Promise<void> {
    await this.db.$executeRawUnsafe("SELECT ledger.refuse_next($1)", code);
  }

  close(): Promise<void> {
    return this.db.$disconnect();
  }

  async #all(): Promise<readonly string[]> {
    if (this.#tables.length === 0) this.#tables = (await tablesOf(this.db)).map(({ name }) => name);
    return this.#tables;
  }
}
