/** Many families' homes against stock Synapse, in one run: npm run bench -- tenants [--n 60] [--json]. */
import { parseArgs } from "node:util";
import { measureBirths } from "./births.ts";
import { measureFederation } from "./federating.ts";
import { measureNeighbour } from "./neighbour.ts";
import { measureAsleep, measureIdleCpu, measureMemory } from "./resting.ts";
import { measureStock } from "./stock.ts";
import { measureWakes } from "./waking.ts";
import { openWorld } from "./world.ts";

const { values } = parseArgs({
  options: { n: { type: "string", default: "60" }, json: { type: "boolean", default: false } },
});
const awake = Number(values.n);
if (!Number.isInteger(awake) || awake < 1 || awake > 200) {
  console.error("--n is the number of homes awake at once when memory is read: 1 to 200.");
  process.exit(2);
}
const say = (words: string): void => {
  if (!values.json) console.log(words);
};

const world = await openWorld();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void world.stop().finally(() => process.exit(1)));
try {
  say("Stock Synapse, ten times.");
  const stock = await measureStock(world);
  say(`Ours: a birth each.`);
  const births = await measureBirths(world, say);
  say("Asleep, and two hundred at rest (two minutes).");
  const asleep = await measureAsleep(world, births.names);
  const idleCpuShare = await measureIdleCpu(world, births.names.slice(0, 200));
  say("Waking.");
  const wakes = await measureWakes(world, births.tokens);
  say("Messages to sleeping families (some minutes).");
  const federated = await measureFederation(world, births.tokens);
  say(`${awake} awake (some minutes, while the kernel looks for equal pages).`);
  const { megabytes, mergedMegabytes } = await measureMemory(world, births.names.slice(0, awake));
  const [quiet = "", greedy = ""] = births.names;
  const neighbourP99Ratio = await measureNeighbour(world, [quiet, greedy], births.tokens.get(quiet) ?? "");

  const figures = {
    // As homes are bought: the owner chooses a password later. Neither side's hash is in it; in the next one, both are.
    birthRatio: births.withoutPasswordSeconds / stock.birthWithoutPasswordSeconds,
    birthWithPasswordRatio: births.seconds / stock.birthSeconds,
    // With the kernel's merging of equal pages, where this machine lets us turn it on; the next one is without.
    memoryRatio: (mergedMegabytes ?? megabytes) / stock.megabytes,
    memoryRatioUnmerged: megabytes / stock.megabytes,
    asleepProcesses: asleep.processes,
    asleepConnections: asleep.connections,
    wakeMedianSeconds: wakes.medianSeconds,
    wakeP99Seconds: wakes.p99Seconds,
    wakeStormSeconds: wakes.stormSeconds,
    birth200Ratio: births.lateRatio,
    idleCpuShare,
    federatedLost: federated.lost,
    federatedSeconds: federated.p99Seconds,
    neighbourP99Ratio: neighbourP99Ratio ?? null,
    // What the ratios are made of.
    stockBirthSeconds: stock.birthWithoutPasswordSeconds,
    birthSeconds: births.withoutPasswordSeconds,
    stockBirthWithPasswordSeconds: stock.birthSeconds,
    birthWithPasswordSeconds: births.seconds,
    stockMegabytes: stock.megabytes,
    megabytes,
    mergedMegabytes: mergedMegabytes ?? null,
    wakes: wakes.count,
    federatedSent: federated.sent,
    federatedMedianSeconds: federated.medianSeconds,
  };
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([what, figure]) => [what, figure === null ? null : Number(figure.toFixed(3))]),
  );
  if (values.json) console.log(JSON.stringify(rounded));
  else console.table(rounded);
} finally {
  await world.stop();
}
