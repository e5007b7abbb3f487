import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { made, root } from "../../scripts/service/layout.ts";
import { type Seat, withDatabases } from "../databases.ts";
import { lanes, runLane } from "../hand-out.ts";
import type { Passed } from "../reference.ts";
import { passEverything } from "../walk.ts";
import { type Mutant, mutants } from "./list.ts";

/** What a lane reads, the generated client among it. */
const copied = ["faults", "lib", "messages", "prisma", "sandbox", "tools", "workers", "package.json"];

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, json: { type: "boolean", default: false } },
});

interface Killed {
  readonly mutant: string;
  /** The case that failed first, and what it broke; undefined for a survivor. */
  readonly by?: string;
}

interface Tried {
  readonly block: string;
  readonly name: string;
  readonly ok: boolean;
  readonly why: readonly string[];
}

/** A copy of the sources with the bug in it, in a folder of its own. */
function plant({ name, edits }: Mutant): string {
  mkdirSync(made, { recursive: true });
  const folder = mkdtempSync(join(made, "mutant-"));
  const isHomes = (path: string) => path.includes("workers/homeserver");
  for (const part of copied)
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: (path) => !isHomes(path) });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const { file, from, to } of edits) {
    const sound = readFileSync(join(folder, file), "utf8");
    if (sound.split(from).length !== 2) throw new Error(`"${name}" no longer fits ${file}: write it anew`);
    const [before, after] = sound.split(from);
    writeFileSync(join(folder, file), `${before}${to}${after}`);
  }
  return folder;
}

interface Cases {
  readonly block: string;
  readonly part: string;
  readonly order: "as made" | "mixed";
}

const everything: Cases = { block: "", part: "", order: "mixed" };

/** Runs cases, made from what the sound code passes, until one fails. */
async function firstFailure(
  folder: string,
  { url, core }: Seat,
  passed: readonly Passed[],
  { block, part, order }: Cases,
): Promise<Tried | undefined> {
  let given = 0;
  let failed: Tried | undefined;
  await runLane({
    core,
    file: pathToFileURL(join(folder, "faults/lane.ts")),
    args: [url, block, part, order],
    before: passed,
    next: () => given++,
    heard: (tried: Tried) => {
      if (tried.ok) return undefined;
      failed = tried;
      return "enough";
    },
  });
  return failed;
}

async function tryMutant(mutant: Mutant, seat: Seat, passed: readonly Passed[]): Promise<Killed> {
  const folder = plant(mutant);
  const first = (cases: Cases) => firstFailure(folder, seat, passed, cases);
  try {
    const failed = (await first({ ...mutant.try, order: "as made" })) ?? (await first(everything));
    if (!failed) return { mutant: mutant.name };
    return {
      mutant: mutant.name,
      by: `${failed.block} ${failed.name}: ${(failed.why[0] ?? "").split("\n")[0]?.slice(0, 160)}`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const waiting = mutants.filter(({ name }) => name.includes(values.only));
const done: Killed[] = [];
const say = (words: string): void => {
  if (!values.json) console.log(words);
};

await withDatabases(lanes, async (seats) => {
  const passed = await passEverything(seats);
  await Promise.all(
    seats.map(async (seat) => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const killed = await tryMutant(mutant, seat, passed);
        done.push(killed);
        say(killed.by ? `killed   ${killed.mutant}\n         by ${killed.by}` : `SURVIVED ${killed.mutant}`);
      }
    }),
  );
});
const survivors = done.filter(({ by }) => by === undefined).map(({ mutant }) => mutant);
const killed = done.length - survivors.length;
if (values.json) console.log(JSON.stringify({ mutants: done.length, killed, survivors }));
else console.log(`${killed} of ${done.length} killed`);
if (survivors.length > 0 || done.length === 0) process.exitCode = 1;
