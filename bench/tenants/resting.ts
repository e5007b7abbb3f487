/** What homes cost while nobody uses them: awake, asleep, and two hundred of both. */
import { databaseName } from "@/lib/synapse/home-folder.ts";
import { sleep } from "./figures.ts";
import { cpuSeconds, family, pssMegabytes } from "./proc.ts";
import type { World } from "./world.ts";

/** After a start a home does its first background work for a minute; idle is measured after that. */
const settleSeconds = 70;
const idleSeconds = 60;
const awakeAmong200 = 10;

export interface Asleep {
  readonly processes: number;
  readonly connections: number;
}

/** What is left of homes that all sleep. */
export async function measureAsleep(world: World, names: readonly string[]): Promise<Asleep> {
  await world.allAsleep(names);
  const states = await Promise.all(names.map((name) => world.state(name)));
  const admin = await world.connect("postgres");
  const { rows } = await admin.query<{ count: string }>(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = ANY($1)",
    [names.map(databaseName)],
  );
  await admin.end();
  return {
    processes: states.filter(({ pid }) => pid !== undefined).length,
    connections: Number(rows[0]?.count),
  };
}

/** The part of one core that two hundred homes need, ten of them awake and idle: host, homes and PostgreSQL. */
export async function measureIdleCpu(world: World, names: readonly string[]): Promise<number> {
  const awake = names.slice(0, awakeAmong200);
  for (const name of awake) await world.maySleep(name, false);
  await world.allAsleep(names.slice(awakeAmong200));
  await sleep(settleSeconds);
  const roots = [world.families.host.pid(), world.postgresPid];
  const before = cpuSeconds(roots);
  await sleep(idleSeconds);
  const used = cpuSeconds(roots) - before;
  for (const name of awake) await world.maySleep(name, true);
  return used / idleSeconds;
}

/** PSS of each awake idle home in MB, the host and its clerk divided among them. */
export async function measureMemory(world: World, names: readonly string[]): Promise<number> {
  for (const name of names) await world.maySleep(name, false);
  await sleep(settleSeconds);
  const megabytes = pssMegabytes(family(world.families.host.pid()));
  for (const name of names) await world.maySleep(name, true);
  return megabytes / names.length;
}
