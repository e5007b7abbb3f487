/** The whole product on this machine, in a folder of its own, with two workers: its programs can be ended and started again. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild } from "../scripts/service/build.ts";
import { freeBase, socketFolder, startCopy } from "../scripts/service/copy.ts";
import { type Layout, layoutOf, made } from "../scripts/service/layout.ts";
import type { Program, Running } from "../scripts/service/process.ts";
import { programs, worker } from "../scripts/service/programs.ts";
import { type Kept, postgres } from "../scripts/service/stores.ts";
import { canaryKeys } from "./court.ts";

export interface Town {
  readonly layout: Layout;
  endProgram(name: string, signal: NodeJS.Signals): Promise<void>;
  startProgram(name: string): Promise<void>;
  /** Programs that ended by themselves, with the last they said. No fault of a store may end one. */
  readonly deaths: readonly string[];
  close(keepFolder: boolean): Promise<void>;
}

/**
 * `SLEEP_AFTER_SECONDS`: PostgreSQL has connections for about a hundred homes awake, so those that nobody visits sleep.
 * `DOUBT_SECONDS`: a lost answer of the registrar's is cleared up within seconds, as in the tests in a browser.
 */
const own = { DOUBT_SECONDS: "2", SLEEP_AFTER_SECONDS: "60", ...canaryKeys() };

/** Programs are killed here and no power is cut: PostgreSQL is back within a second, however busy the disk is. */
const kept: Kept = "through crashes";

export async function openTown(say: (words: string) => void): Promise<Town> {
  const build = await ensureBuild();
  const data = join(made, `chaos-${process.pid}`);
  mkdirSync(data, { recursive: true, mode: 0o711 });
  const sockets = socketFolder(data);
  const layout = layoutOf(data, sockets.path, await freeBase(), own);
  const deaths: string[] = [];
  const ended = new Set<string>();
  const onDeath = (name: string, tail: string): void => {
    if (ended.has(name)) return;
    deaths.push(`${name} ended by itself:\n${tail}`);
    say(deaths.at(-1) ?? "");
    // A person would start it again; what follows is to be seen too.
    void running.start(program(name)).catch((error: unknown) => deaths.push(`${name}: ${error}`));
  };
  const running: Running = await startCopy(layout, build, { onDeath, say, kept });
  const program = (name: string): Program => {
    if (name === "postgres") return postgres(layout, kept);
    if (name.startsWith("worker")) return worker(layout, build, name);
    const found = programs(layout, build).find((one) => one.name === name);
    if (!found) throw new Error(`No program is called ${name}`);
    return found;
  };
  await running.start(program("worker-2"));
  return {
    layout,
    deaths,
    async endProgram(name, signal) {
      ended.add(name);
      await running.end(name, signal);
    },
    async startProgram(name) {
      await running.start(program(name));
      ended.delete(name);
    },
    async close(keepFolder) {
      await running.stop();
      sockets.remove();
      if (!keepFolder) rmSync(data, { recursive: true, force: true });
    },
  };
}
