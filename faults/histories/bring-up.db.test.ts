import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bringUp } from "./bring-up.ts";
import { readRecordings, type Table } from "./history.ts";

const url = process.env["DATABASE_URL"] ?? "";
const folder = mkdtempSync(join(tmpdir(), "nameplate-migrations-"));

const later = `
ALTER TABLE "StepState" ADD COLUMN "begunAt" TIMESTAMP(3);
UPDATE "StepState" SET "begunAt" = "changedAt";
CREATE TABLE "Finding" ("id" TEXT PRIMARY KEY);
INSERT INTO "Finding" SELECT "tenantId" || step FROM "StepState";`;

beforeAll(() => {
  cpSync(join(import.meta.dirname, "../../prisma/migrations"), folder, { recursive: true });
  mkdirSync(join(folder, "99991231000000_later"));
  writeFileSync(join(folder, "99991231000000_later/migration.sql"), later);
});
afterAll(() => rmSync(folder, { recursive: true }));

const rowsOf = (tables: readonly Table[], table: string) =>
  (tables.find((one) => one.table === table)?.rows ?? []) as Record<string, unknown>[];

test.each(readRecordings())(
  "a migration that comes after $release finds its rows",
  async ({ migration, histories }) => {
    const tables = histories.at(-1)?.tables ?? [];
    const findings = rowsOf(tables, "StepState").length;
    const now = await bringUp(url, { migration, tables }, folder);
    const after = rowsOf(now, "StepState");
    expect(findings).toBeGreaterThan(0);
    expect([after.length, rowsOf(now, "Finding").length]).toEqual([findings, findings]);
    expect(after.map(({ begunAt }) => begunAt)).toEqual(after.map(({ changedAt }) => changedAt));
  },
);

test("a release whose last migration has another name today is refused", async () => {
  const gone = { migration: "20200101000000_gone", tables: [] };
  await expect(bringUp(url, gone, folder)).rejects.toThrow("There is no migration 20200101000000_gone");
});
