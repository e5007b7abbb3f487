import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Db } from "@/lib/db.ts";

/** What is laid before the judge: each list goes into the table of its name in the schema `ledger`. */
export interface Evidence {
  readonly stripe: readonly object[];
  readonly registry: readonly object[];
  readonly machines: readonly object[];
  readonly letters: readonly object[];
  readonly said: readonly string[];
  readonly shown: readonly object[];
  readonly noted: readonly object[];
}
const tables = ["stripe", "registry", "machines", "letters", "said", "shown", "noted"] as const;

export interface Broken {
  readonly invariant: string;
  /** The rows that break it, as text. */
  readonly rows: readonly string[];
}

const here = import.meta.dirname;
const read = (file: string): string => readFileSync(join(here, file), "utf8");
const invariants = readdirSync(here)
  .filter((file) => /^i\d\d-.*\.sql$/.test(file))
  .sort()
  .map((file) => ({ invariant: file.replace(".sql", ""), query: read(file).trim() }));

/** What is made of the ledgers, in its order: later ones are made of earlier ones. */
const made = [...read("ledger.sql").matchAll(/CREATE TABLE IF NOT EXISTS (ledger\.\w+) AS\n([^;]*);/g)].map(
  ([, table, query]) => ({ table, query }),
);
/** Faster than views that are refreshed, each of which is a new file. `counted`: PostgreSQL is told how many rows it has. */
const makeAnew = (counted: boolean): string =>
  inOneTrip(
    made.map(
      ({ table, query }) =>
        `DELETE FROM ${table}; INSERT INTO ${table} ${query}; ${counted ? `ANALYZE ${table};` : ""}`,
    ),
  );
const empty = inOneTrip(tables.map((table) => `DELETE FROM ledger.${table};`));
const fill = `WITH ${tables
  .map(
    (table, i) =>
      `${table} AS (INSERT INTO ledger.${table} (entry) SELECT entry FROM jsonb_array_elements($${i + 1}::jsonb) WITH ORDINALITY AS e(entry, n) ORDER BY n)`,
  )
  .join(", ")} SELECT 1`;

/** All in one round trip; five rows of each are enough to see what is broken. */
const allQuestions = invariants
  .map(
    ({ invariant, query }) =>
      `(SELECT '${invariant}' AS invariant, row_to_json(q)::text AS row FROM (${query}\n) AS q LIMIT 5)`,
  )
  .join(" UNION ALL ");

/** Makes the ledger's tables, views and triggers beside the product's tables. Once a database. */
export async function openCourt(db: Db): Promise<void> {
  for (const statement of statementsOf(read("ledger.sql"))) await db.$executeRawUnsafe(statement);
}

/** Of so many entries PostgreSQL has to know how many there are: the questions are planned for a few otherwise, and take minutes. */
const many = 1000;

/** Asks every invariant; returns those that do not hold. */
export async function judge(db: Db, evidence: Evidence): Promise<readonly Broken[]> {
  await db.$executeRawUnsafe(empty);
  await db.$executeRawUnsafe(fill, ...tables.map((table) => JSON.stringify(evidence[table])));
  const long = tables.some((table) => evidence[table].length >= many);
  if (long) await db.$executeRawUnsafe(`ANALYZE ${tables.map((table) => `ledger.${table}`).join(", ")}`);
  await db.$executeRawUnsafe(makeAnew(long));
  const found = await db.$queryRawUnsafe<{ invariant: string; row: string }[]>(allQuestions);
  const broken: Broken[] = [];
  for (const invariant of new Set(found.map((one) => one.invariant)))
    broken.push({ invariant, rows: found.filter((one) => one.invariant === invariant).map(({ row }) => row) });
  return broken;
}

function inOneTrip(statements: readonly string[]): string {
  return `DO $$ BEGIN ${statements.join("\n")} END $$`;
}

/** A statement ends with ";" at the end of a line, but not inside a function's body. */
function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let current = "";
  let inBody = false;
  for (const line of sql.split("\n")) {
    if (line.startsWith("--")) continue;
    current += `${line}\n`;
    if ((line.match(/\$\$/g) ?? []).length === 1) inBody = !inBody;
    if (!inBody && line.trimEnd().endsWith(";")) {
      statements.push(current.trim());
      current = "";
    }
  }
  return statements;
}
