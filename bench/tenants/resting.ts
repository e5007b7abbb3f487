/** What homes cost while nobody uses them: awake, asleep, and two hundred of both. */
import { databaseName } from "@/lib/synapse/home-folder.ts";
import { sleep } from "./figures.ts";
import { turnMergingOn } from "./merging.ts";
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
  for (const name of awake) await world.keep(name, { sleep: false });
  await world.allAsleep(names.slice(awakeAmong200));
  await sleep(settleSeconds);
  const roots = [world.families.host.pid(), world.postgresPid];
  const before = cpuSeconds(roots);
  await sleep(idleSeconds);
  const used = cpuSeconds(roots) - before;
  for (const name of awake) await world.keep(name, { sleep: true });
  return used / idleSeconds;
}

/** Merged memory is read when it no longer falls by a hundredth in so long, and after six minutes at the latest. */
const lookAgainSeconds = 30;
const longestMergeSeconds = 360;

export interface Memory {
  /** PSS of each awake idle home in MB, the host and its clerk divided among them. */
  readonly megabytes: number;
  /** The same with the kernel's merging of equal pages; undefined where it cannot be turned on. */
  readonly mergedMegabytes: number | undefined;
}

export async function measureMemory(world: World, names: readonly string[]): Promise<Memory> {
  for (const name of names) await world.keep(name, { sleep: false });
  await sleep(settleSeconds);
  const each = (): number => pssMegabytes(family(world.families.host.pid())) / names.length;
  const megabytes = each();
  const putBack = turnMergingOn();
  const mergedMegabytes = putBack && (await settled(each));
  putBack?.();
  for (const name of names) await world.keep(name, { sleep: true });
  return { megabytes, mergedMegabytes };
}

async function settled(figure: () => number): Promise<number> {
  const end = performance.now() + longestMergeSeconds * 1000;
  const first = figure();
  let now = first;
  for (;;) {
    const before = now;
    await sleep(lookAgainSeconds);
    now = figure();
    // Nothing falls at first: a page is merged when it was seen unchanged twice.
    if (performance.now() > end || (now < first * 0.9 && now > before * 0.99)) return now;
  }
}
