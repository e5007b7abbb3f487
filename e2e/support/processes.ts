/**
 * The programs of the copy under test, as somebody at the machine handles them: held still, killed, started again. Only of
 * a copy that scripts/test started: one that a person works with is left alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { settings } from "../../scripts/service/layout.ts";
import { type Program, Running } from "../../scripts/service/process.ts";
import { edge, worker } from "../../scripts/service/programs.ts";
import { noteStartedAgain, startedAgain } from "../../scripts/service/started-again.ts";
import { copy } from "./copy.ts";

/** Programs that a test may kill and start again. */
export type Startable = "edge" | "worker";
export type Name = Startable | "homeservers" | "postgres" | "redis" | "web";

/** Whether this copy's programs are ours to handle. */
export const mayHandlePrograms = Object.keys(copy.pids).length > 0;

export function pidOf(name: Name): number {
  const pid = startedAgain(copy.layout.data)[name] ?? copy.pids[name];
  if (pid === undefined) throw new Error(`${name} was not started by scripts/test`);
  return pid;
}

/** Kills a program outright, as a machine that loses its power does, and waits until it is gone. */
export async function killOutright(name: Startable): Promise<void> {
  const pid = pidOf(name);
  process.kill(pid, "SIGKILL");
  while (runs(pid)) await sleep(10);
}

/** Starts a program again, and waits until it can be used. */
export async function startAgain(name: Startable): Promise<void> {
  const { layout, build } = copy;
  const program: Program = name === "edge" ? edge(layout) : worker(layout, build);
  // Its end is ours to notice: a test that misses it fails by what does not happen.
  const running = new Running(join(layout.data, "log"), () => undefined);
  await running.start(program);
  const child = running.children.get(name);
  if (!child?.pid) throw new Error(`${name} ended as soon as it was ready`);
  child.unref();
  noteStartedAgain(layout.data, name, child.pid);
}

/** Holds programs still while `work` goes on: they keep their connections, and do not answer. */
export async function whileHeld<T>(names: readonly Name[], work: () => Promise<T>): Promise<T> {
  return whileStill(names.map(pidOf), work);
}

/** The same for the homeserver of one family. */
export async function whileHomeHeld<T>(home: string, work: () => Promise<T>): Promise<T> {
  return whileStill([await homePid(home)], work);
}

async function whileStill<T>(roots: readonly number[], work: () => Promise<T>): Promise<T> {
  const held = roots.flatMap((pid) => [pid, ...descendants(pid)]);
  try {
    for (const pid of held) signal(pid, "SIGSTOP");
    return await work();
  } finally {
    for (const pid of held) signal(pid, "SIGCONT");
  }
}

/** A child may have ended between our look and the signal. */
function signal(pid: number, which: "SIGCONT" | "SIGSTOP"): void {
  if (runs(pid)) process.kill(pid, which);
}

/** Process and parent of everything that runs, zombies left out: `/proc/PID/stat` is `PID (name) STATE PARENT ...`. */
function processes(): { readonly pid: number; readonly parent: number }[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      const [state, parent] = statOf(Number(entry));
      return state === undefined || state === "Z" || state === "X"
        ? []
        : [{ pid: Number(entry), parent: Number(parent) }];
    });
}

function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return [];
    throw error;
  }
}

const runs = (pid: number): boolean => processes().some((one) => one.pid === pid);

function descendants(pid: number): number[] {
  const all = processes();
  const below = (parent: number): number[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one.pid, ...below(one.pid)]);
  return below(pid);
}

interface Home {
  readonly state: string;
  readonly pid?: number;
}

/** One home as the tenant host knows it (workers/homeserver/README.md). */
async function askHost(name: string): Promise<Home> {
  const socketPath = settings(copy.layout)["HOST_SOCKET"] ?? "";
  const line = await new Promise<string>((resolve, reject) => {
    let heard = "";
    const socket = connect(socketPath, () => socket.write(`${JSON.stringify({ do: "state", name })}\n`));
    socket.setEncoding("utf8").on("error", reject);
    socket.on("data", (part: string) => {
      heard += part;
      if (!heard.includes("\n")) return;
      socket.destroy();
      resolve(heard);
    });
  });
  return JSON.parse(line) as Home;
}

/** `running`, `gone`, or `unknown` where there never was one. */
export const homeState = async (name: string): Promise<string> => (await askHost(name)).state;

async function homePid(name: string): Promise<number> {
  const { pid, state } = await askHost(name);
  if (pid === undefined) throw new Error(`The home of ${name} is ${state} and has no process`);
  return pid;
}
