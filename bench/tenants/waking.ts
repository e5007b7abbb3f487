/** First requests of an app to homes that sleep, through the edge with TLS. */
import { quantile, timed } from "./figures.ts";
import type { World } from "./world.ts";

const rounds = 2;
export const stormSize = 30;

export interface Wakes {
  readonly medianSeconds: number;
  readonly p99Seconds: number;
  /** Until the last of thirty at once was answered. */
  readonly stormSeconds: number;
  readonly count: number;
}

async function firstRequest(world: World, name: string, token: string): Promise<void> {
  const path = "/_matrix/client/v3/account/whoami";
  const answer = await world.families.edge.https(name, path, { headers: { authorization: `Bearer ${token}` } });
  if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}: ${answer.body}`);
}

export async function measureWakes(world: World, tokens: ReadonlyMap<string, string>): Promise<Wakes> {
  const homes = [...tokens];
  const names = homes.map(([name]) => name);
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await world.allAsleep(names);
    for (const [name, token] of homes) seconds.push((await timed(() => firstRequest(world, name, token))).seconds);
  }
  await world.allAsleep(names);
  const storm = await timed(() =>
    Promise.all(homes.slice(0, stormSize).map(([name, token]) => firstRequest(world, name, token))),
  );
  return {
    medianSeconds: quantile(seconds, 0.5),
    p99Seconds: quantile(seconds, 0.99),
    stormSeconds: storm.seconds,
    count: seconds.length,
  };
}
