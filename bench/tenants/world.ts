/** Everything the bench measures against: PostgreSQL, the real edge, relay and tenant host, in a folder that goes with it. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Client, type ClientConfig, default as pg } from "pg";
import { askHost, type HostAnswer } from "@/lib/synapse/host-line.ts";
import type { TestFamilies } from "@/workers/edge/test-families.ts";
import { freeBase } from "../../scripts/service/copy.ts";
import { layoutOf, made, settings } from "../../scripts/service/layout.ts";
import { Running } from "../../scripts/service/process.ts";
import { prepareRoles } from "../../scripts/service/roles.ts";
import { postgres } from "../../scripts/service/stores.ts";
import { until } from "./figures.ts";

/** A home sleeps after so many quiet seconds here, so that a bench need not last a day. */
export const sleepAfterSeconds = 3;

export interface World {
  readonly families: TestFamilies;
  readonly postgresPid: number;
  readonly folder: string;
  /** A connection of the database server's own administrator. */
  connect(database: string): Promise<Client>;
  state(name: string): Promise<HostAnswer>;
  /** Changes fields of its manifest. A home that may not sleep is woken. */
  keep(name: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  allAsleep(names: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  mkdirSync(made, { recursive: true });
  const folder = mkdtempSync(join(made, "bench-"));
  await chmod(folder, 0o711);
  const layout = layoutOf(folder, join(folder, "k"), await freeBase(), {});
  const running = new Running(join(folder, "log"), (name, tail) => console.error(`${name} ended:\n${tail}`));
  await running.start(postgres(layout));
  await prepareRoles(layout);
  process.env["TENANT_DATABASE_URL"] = settings(layout)["TENANT_DATABASE_URL"];
  const { startTestFamilies } = await import("@/workers/edge/test-families.ts");
  const families = await startTestFamilies([], { SLEEP_AFTER_SECONDS: String(sleepAfterSeconds) });
  const { host } = families;
  const server: ClientConfig = {
    host: "127.0.0.1",
    port: layout.ports.postgres,
    user: "postgres",
    password: layout.secrets["POSTGRES"] ?? "",
  };

  const world: World = {
    families,
    folder,
    postgresPid: running.children.get("postgres")?.pid ?? 0,
    async connect(database) {
      const client = new pg.Client({ ...server, database });
      await client.connect();
      return client;
    },
    state: (name) => askHost(host.hostSocket, { do: "state", name }),
    async keep(name, fields) {
      const path = join(host.homesFolder, "manifests", `${name}.yaml`);
      const manifest = { ...(JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>), ...fields };
      await writeFile(`${path}.new`, JSON.stringify(manifest));
      await rename(`${path}.new`, path);
      await askHost(host.hostSocket, { do: "converge", name });
      if (manifest["sleep"] === false) await askHost(host.hostSocket, { do: "wake", name, seconds: 60 });
    },
    async allAsleep(names) {
      for (const name of names)
        await until(`${name} sleeps`, async () => (await world.state(name)).state === "asleep", 120);
    },
    async stop() {
      await families.clean();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}
