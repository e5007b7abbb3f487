/** Asks the judge of faults/ about what really happened. The only place here that opens the database, to read it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Evidence, judge, openCourt } from "../faults/judge/judge.ts";
import { openDb } from "../lib/db.ts";
import type { Layout } from "../scripts/service/layout.ts";
import { settings } from "../scripts/service/layout.ts";
import type { Shown } from "./story.ts";

/** One question to the product's tables. */
export type Ask = <Row>(sql: string, ...values: readonly unknown[]) => Promise<Row[]>;

export interface Court {
  readonly ask: Ask;
  /** The invariants that do not hold, each with the rows that break it. */
  judge(shown: readonly Shown[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** In every key of ours, so that it is found wherever one of them is written. */
export const canary = "canary";
const canaries = ["MASTER_KEY", "LINK_KEY", "AUTH_SECRET"] as const;
export const canaryKeys = (): Record<string, string> =>
  Object.fromEntries(canaries.map((name) => [name, `${canary}-${name.toLowerCase()}-of-the-chaos-${"0".repeat(32)}`]));

/** From now on every change of an order's state is noted too. */
export async function openCourtOf(layout: Layout): Promise<Court> {
  const db = openDb(settings(layout)["DATABASE_URL"] ?? "", 2);
  const ask: Ask = (sql, ...values) => db.$queryRawUnsafe(sql, ...values);
  await openCourt(db);
  return {
    ask,
    async judge(shown) {
      const broken = await judge(db, await evidence(layout, ask, shown));
      return broken.map(({ invariant, rows }) => `${invariant}: ${rows.join(" ")}`);
    },
    close: () => db.$disconnect(),
  };
}

async function evidence({ data }: Layout, ask: Ask, shown: readonly Shown[]): Promise<Evidence> {
  return {
    stripe: ledger(join(data, "ledger/stripe/stripe.jsonl")),
    registry: ledger(join(data, "ledger/cloudflare/ledger.jsonl")),
    machines: [...homesIn(join(data, "homes/homes")), ...shown.flatMap(seen)],
    letters: ledger(join(data, "ledger/mail/ledger.jsonl")).map(letterOf),
    said: [...leaksInLogs(join(data, "log")), ...(await leaksInTables(ask))],
    shown: await withOrders(ask, shown),
    noted: [{ what: "now", at: new Date().toISOString() }],
  };
}

/** A line of a ledger is one entry, or several that happened together. */
const ledger = (file: string): readonly Readonly<Record<string, unknown>>[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .flatMap((line) => JSON.parse(line));

/** Homes that stand on the disk, with the key that each signs with. */
const homesIn = (folder: string): readonly object[] =>
  readdirSync(folder).map((name) => {
    const [, version] = readFileSync(join(folder, name, "signing.key"), "utf8").split(" ");
    return { kind: "born", name, detail: `ed25519:${version}` };
  });

/** A home that was found from outside as soon as its page said that it is ready. */
const seen = ({ name, at, key }: Shown): readonly object[] =>
  key === undefined
    ? []
    : [
        { kind: "seen", name, at, detail: "" },
        { kind: "key-served", name, at, detail: key },
      ];

/** A letter's Message-ID begins with the id of our row. */
function letterOf(entry: Readonly<Record<string, unknown>>): object {
  const { messageId, to, subject, text } = entry["mail"] as Readonly<Record<string, string>>;
  return { id: messageId?.replace(/^<|@.*$/g, ""), to, subject, text };
}

const leaksInLogs = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .split("\n")
      .filter((line) => line.includes(canary)),
  );

async function leaksInTables(ask: Ask): Promise<readonly string[]> {
  const tables = await ask<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await ask<{ row: string }>(`SELECT t::text AS row FROM "${name}" t WHERE t::text LIKE '%${canary}%'`);
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

/** Pages name the home, the judge asks by the order. */
async function withOrders(ask: Ask, shown: readonly Shown[]): Promise<readonly object[]> {
  const rows = await ask<{ id: string; name: string }>(
    `SELECT "orderId" AS id, "name" FROM "Tenant" UNION SELECT "id", "name" FROM "Order" WHERE "paidAt" IS NOT NULL`,
  );
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  return shown.flatMap((one) => (ids.has(one.name) ? [{ ...one, orderId: ids.get(one.name) }] : []));
}
