import { secondsAfter } from "@/lib/clock.ts";
import { Unreachable } from "@/lib/errors.ts";
import type { StepName } from "@/lib/provisioning/step.ts";
import type { Case, Stage } from "../case.ts";
import { Buyer } from "../world/buyer.ts";
import type { Database } from "../world/database.ts";
import { Life } from "../world/life.ts";
import type { Point } from "../world/process.ts";
import { SimWorld } from "../world/world.ts";

/** Enough for the slowest of them to show, and a few seconds of this machine. */
const families = 8;
const names = Array.from({ length: families }, (_, nth) => `household${nth}.family`);
const [stuck = ""] = names;

/** The calls without which a step cannot be settled. */
const calls: Readonly<Record<StepName, RegExp>> = {
  domain: /^registrar\./,
  zone: /^dns\.(findZone|createZone)$/,
  records: /^dns\.(records|createRecord)$/,
  site: /^siteHome\./,
  homeserver: /^homes\./,
  certificate: /^edge\./,
  owner: /^accounts\./,
  "seen-from-outside": /^outside\./,
};
const vendors = {
  Stripe: { reach: /^(cashier|desk)\./, homesNeedIt: false },
  Cloudflare: { reach: /^(registrar|dns|names)\./, homesNeedIt: true },
  "our machines": { reach: /^(homes|accounts|siteHome|edge|outside|post)\./, homesNeedIt: true },
};

export const isolation = (): readonly Case[] => [
  ...Object.entries(calls).map(
    ([step, reach]): Case => ({
      block: "M7",
      name: `of ${families} families one is stuck at ${step}`,
      ends: ["ready"],
      run: (stage) => goBesideStuck(stage, reach),
    }),
  ),
  // One step of a vendor and one of our own machines: each takes as long as fifty other cases.
  ...(["zone", "certificate"] as const).map(
    (step): Case => ({
      block: "M7",
      name: `a home hears nothing for two days at ${step}`,
      ends: ["ready"],
      run: (stage) => goTwoDaysUnanswered(stage, step, calls[step]),
    }),
  ),
  ...Object.entries(vendors).map(
    ([vendor, { reach, homesNeedIt }]): Case => ({
      block: "M7",
      name: `${vendor} answers nobody for an hour, and ${families} families wait`,
      ends: ["ready"],
      run: (stage) => goThroughTheHour(stage, reach, homesNeedIt),
    }),
  ),
];

/** Nothing that these calls are asked is answered, where it is about one family or about any. */
const silence =
  ({ vendors: { registry } }: SimWorld, reach: RegExp, name?: string) =>
  async (point: Point) => {
    if (point.kind !== "call" || point.moment !== "before" || !reach.test(point.name)) return;
    const asked = JSON.stringify(point.given);
    const zone = name && registry.zoneNamed(name)?.id;
    if (name && !asked.includes(name) && !(zone && asked.includes(zone))) return;
    throw new Unreachable("planned: no answer", { vendor: "in this world", call: point.name });
  };

/** One family's calls are never answered; the others come to their homes as fast as without it. */
async function goBesideStuck(stage: Stage, reach: RegExp): Promise<void> {
  const { world, life } = stage;
  for (const seconds of await alone(world.database)) stage.note({ what: "lap", stuck: false, seconds });
  await payAll(world);
  world.fate = silence(world, reach, stuck);
  await untilReady(world, life, families - 1);
  for (const seconds of await laps(world.database, stuck)) stage.note({ what: "lap", stuck: true, seconds });
  // It goes on being looked at, and keeps nobody.
  for (let round = 0; round < 3; round++) {
    world.clock.pass(20);
    await life.tick();
  }
}

/** For as long as nobody answers the home is asked for less and less often, and after a day a person of ours is told. */
async function goTwoDaysUnanswered({ world, life, note }: Stage, step: string, reach: RegExp): Promise<void> {
  await (await Buyer.fillIn(world, stuck)).pay();
  let asked = 0;
  const silent = silence(world, reach, stuck);
  world.fate = async (point) => {
    if (point.kind === "call" && point.moment === "before" && reach.test(point.name)) asked += 1;
    await silent(point);
  };
  await life.live(secondsAfter(world.clock.now(), 2 * 86_400));
  const told = await world.database.db.alert.count({ where: { step, code: "away-for-a-day", closedAt: null } });
  note({ what: "two days away", name: stuck, step, asked, told: told === 1 });
  world.fate = async () => undefined;
}

/** A vendor is away: what does not need it goes on, and what needs it goes on an hour later. */
async function goThroughTheHour(stage: Stage, reach: RegExp, homesNeedIt: boolean): Promise<void> {
  const { world, life } = stage;
  if (!homesNeedIt)
    for (const seconds of await alone(world.database)) stage.note({ what: "lap", stuck: false, seconds });
  await payAll(world);
  // Two rounds: every payment was seen, and the first homes are being made.
  await life.tick();
  await life.tick();
  world.fate = silence(world, reach);
  if (!homesNeedIt) {
    await untilReady(world, life, families);
    for (const seconds of await laps(world.database)) stage.note({ what: "lap", stuck: true, seconds });
  }
  for (let round = 0; round < 6; round++) {
    world.clock.pass(600);
    await life.tick();
  }
  world.fate = async () => undefined;
  await life.untilQuiet();
}

async function payAll(world: SimWorld): Promise<void> {
  world.limits.namesPerCard = families;
  for (const name of names) await (await Buyer.fillIn(world, name, `anna@${name}`)).pay();
}

async function untilReady({ clock, database }: SimWorld, life: Life, count: number): Promise<void> {
  // A home takes some ten rounds.
  for (let round = 0; round < 60; round++) {
    await life.tick();
    if ((await database.db.tenant.count({ where: { readyAt: { not: null } } })) >= count) return;
    clock.pass(1);
  }
  throw new Error(`Fewer than ${count} homes were ready after a minute`);
}

/** Seconds from the payment to the finished home. */
async function laps({ db }: Database, except = ""): Promise<readonly number[]> {
  const homes = await db.tenant.findMany({ where: { name: { not: except } }, include: { order: true } });
  return homes.map(({ readyAt, order }) => ((readyAt?.getTime() ?? 0) - (order.paidAt?.getTime() ?? 0)) / 1000);
}

let without: readonly number[] | undefined;

/** The same families with nobody stuck: timed once in a process. */
async function alone(database: Database): Promise<readonly number[]> {
  if (without) return without;
  const world = new SimWorld(database, "nobody is stuck");
  try {
    await payAll(world);
    await untilReady(world, new Life(world), families);
    without = await laps(database);
    return without;
  } finally {
    await world.close();
    await database.empty();
  }
}
