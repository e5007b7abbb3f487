import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { freeBase, migrate } from "../scripts/service/copy.ts";
import { layoutOf, made, settings } from "../scripts/service/layout.ts";
import { Running } from "../scripts/service/process.ts";
import { prepareRoles } from "../scripts/service/roles.ts";
import { postgres } from "../scripts/service/stores.ts";

/** A PostgreSQL of its own with `count` databases in the product's shape, for as long as `work` takes. */
export async function withDatabases<T>(count: number, work: (urls: readonly string[]) => Promise<T>): Promise<T> {
  mkdirSync(made, { recursive: true });
  const folder = mkdtempSync(join(made, "faults-"));
  await chmod(folder, 0o711);
  const layout = layoutOf(folder, join(folder, "k"), await freeBase(), {});
  const running = new Running(join(folder, "log"), (name, tail) => console.error(`${name} ended:\n${tail}`));
  const leave = async (): Promise<void> => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  // Told to stop, it leaves no server behind.
  const stop = (): void => void leave().finally(() => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  try {
    await running.start(postgres(layout, "for a test"));
    await prepareRoles(layout);
    migrate(layout);
    const product = settings(layout)["DATABASE_URL"] ?? "";
    return await work(await copies(product, count));
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
    await leave();
  }
}

/** Questions of many parts look dear to PostgreSQL, which would compile them each time: ten times as long as to answer them. */
const planned = "?options=-c%20jit%3Doff";

async function copies(product: string, count: number): Promise<readonly string[]> {
  const at = (name: string): string => product.replace(/\/nameplate$/, `/${name}`);
  const admin = new pg.Client({ connectionString: at("postgres") });
  await admin.connect();
  try {
    const names = Array.from({ length: count }, (_, lane) => `lane_${lane}`);
    for (const name of names) await admin.query(`CREATE DATABASE ${name} TEMPLATE nameplate`);
    return names.map((name) => at(name) + planned);
  } finally {
    await admin.end();
  }
}
