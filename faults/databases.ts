import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { freeBase, migrate } from "../scripts/service/copy.ts";
import { layoutOf, made, settings } from "../scripts/service/layout.ts";
import { Running } from "../scripts/service/process.ts";
import { prepareRoles } from "../scripts/service/roles.ts";
import { postgres } from "../scripts/service/stores.ts";
import { cores, onCore } from "./cores.ts";

/** Where one lane works: on a core, with a database in the product's shape on a PostgreSQL of its own beside it. */
export interface Seat {
  readonly url: string;
  readonly core: number;
}

/** So many seats, core after core, for as long as `work` takes. */
export async function withDatabases<T>(count: number, work: (seats: readonly Seat[]) => Promise<T>): Promise<T> {
  mkdirSync(made, { recursive: true });
  const folder = mkdtempSync(join(made, "faults-"));
  await chmod(folder, 0o711);
  const running: Running[] = [];
  const leave = async (): Promise<void> => {
    await Promise.all(running.map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  // Told to stop, it leaves no server behind.
  const stop = (): void => void leave().finally(() => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  try {
    const seats: Seat[] = [];
    // One after the other: each takes ports that are free.
    for (let nth = 0; nth < count; nth++) seats.push(await makeSeat(join(folder, String(nth)), nth, running));
    return await work(seats);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
    await leave();
  }
}

async function makeSeat(folder: string, nth: number, running: Running[]): Promise<Seat> {
  mkdirSync(folder, { mode: 0o711 });
  const core = cores[nth % cores.length] ?? 0;
  const layout = layoutOf(folder, join(folder, "k"), await freeBase(), {});
  const one = new Running(join(folder, "log"), (name, tail) => console.error(`${name} ended:\n${tail}`));
  running.push(one);
  const server = postgres(layout, "for a test", true);
  await one.start({ ...server, command: onCore(core, server.command) });
  await prepareRoles(layout);
  migrate(layout);
  return { url: `${settings(layout)["DATABASE_URL"]}?host=${join(layout.data, "pg")}&${planned}`, core };
}

/** Questions of many parts look dear to PostgreSQL, which would compile them each time: ten times as long as to answer them. */
const planned = "options=-c%20jit%3Doff";
