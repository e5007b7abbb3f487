import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { JourneyName } from "../reference.ts";
import type { Backup } from "../world/database.ts";
import type { Past } from "../world/past.ts";

/** What one release left half done, wherever it was cut. */
export interface Recording {
  readonly release: string;
  /** The commit of the product that made it, and that commit's time. */
  readonly revision: string;
  readonly date: string;
  /** The last migration that its database had seen. */
  readonly migration: string;
  readonly histories: readonly History[];
}

export interface History {
  readonly journey: JourneyName;
  readonly place: string;
  readonly means: string;
  readonly tables: readonly Table[];
  readonly past: Past;
}

export interface Table {
  readonly table: string;
  readonly rows: readonly object[];
}

/** Rows in a form that people can read and that JSON keeps inside of JSON, and back. */
export const readable = (backup: Backup): Table[] =>
  backup
    .map(({ table, rows }) => ({ table, rows: JSON.parse(rows) as object[] }))
    .filter(({ rows }) => rows.length > 0);
export const asBackup = (tables: readonly Table[]): Backup =>
  tables.map(({ table, rows }) => ({ table, rows: JSON.stringify(rows) }));

const here = import.meta.dirname;
const ending = ".json.gz";

/** Returns the size of the file in bytes. */
export function keepRecording(recording: Recording): number {
  const packed = gzipSync(JSON.stringify(recording, undefined, 1), { level: 9 });
  writeFileSync(join(here, `${recording.release}${ending}`), packed, { flag: "wx" });
  return packed.length;
}

export const readRecordings = (): Recording[] =>
  readdirSync(here)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => JSON.parse(gunzipSync(readFileSync(join(here, file))).toString()) as Recording);
