/** Child processes of one running copy: each logs to a file, is known to be ready, and ends when told to. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./layout.ts";
import { forgetAll, remember } from "./leftovers.ts";
import { turnOver } from "./turn-over.ts";

export interface Program {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Resolves when the program can be used; throws or returns false while it cannot. */
  ready(): Promise<boolean>;
  /** Seconds until we give up waiting for it. */
  readonly within: number;
  readonly stopSignal?: NodeJS.Signals;
}

export class Running {
  readonly children = new Map<string, ChildProcess>();
  private stopping = false;
  private readonly logs: string;
  private readonly onDeath: (name: string, tail: string) => void;
  /** `logs` lies in the copy's data folder, where the programs' ids are kept too. */
  constructor(logs: string, onDeath: (name: string, tail: string) => void) {
    this.logs = logs;
    this.onDeath = onDeath;
  }

  async start(program: Program): Promise<void> {
    const log = join(this.logs, `${program.name}.log`);
    turnOver(log);
    const out = openSync(log, "a", 0o600);
    const [file, ...args] = program.command;
    // A group of its own: Ctrl-C reaches only us, and we stop the parts in order.
    const child = spawn(file, args, {
      cwd: program.cwd ?? root,
      env: { ...bareEnv(), ...program.env } as NodeJS.ProcessEnv,
      stdio: ["ignore", out, out],
      detached: true,
    });
    closeSync(out);
    this.children.set(program.name, child);
    if (child.pid) remember(dirname(this.logs), child.pid);
    let ended: string | undefined;
    child.on("error", (error) => {
      ended = error.message;
    });
    child.on("exit", (code, signal) => {
      ended = `ended with ${signal ?? code}`;
      this.children.delete(program.name);
      if (!this.stopping && settled) this.onDeath(program.name, tail(log));
    });
    let settled = false;
    for (let waited = 0; waited < program.within * 1000; waited += 25) {
      if (ended) throw new Error(`${program.name} ${ended}.\n${tail(log)}`);
      if (await program.ready().catch(() => false)) {
        settled = true;
        return;
      }
      await sleep(25);
    }
    throw new Error(`${program.name} was not ready after ${program.within} seconds.\n${tail(log)}`);
  }

  /** Stops everything, the last started first, and waits until each is gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const [name] of [...this.children].reverse()) await this.end(name);
    forgetAll(dirname(this.logs));
  }

  async end(name: string, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.children.get(name);
    if (!child?.pid || child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(name === "postgres" && signal === "SIGTERM" ? "SIGINT" : signal); // SIGINT is PostgreSQL's fast shutdown
    // Ten seconds for the tenant host to stop its homes; then there is no more asking.
    const inTime = await Promise.race([gone.then(() => true), sleep(10_000, false, { ref: false })]);
    if (!inTime) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
  }
}

/** Only what a program needs of ours: a stray NODE_EXTRA_CA_CERTS or proxy of the machine's must not leak in. */
function bareEnv(): Record<string, string | undefined> {
  const { PATH, HOME, LANG, USER, TZ } = process.env;
  return { PATH, HOME, LANG, USER, TZ };
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-12).join("\n");
}

export const portAnswers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

export const urlAnswers = (url: string) => async (): Promise<boolean> =>
  (await fetch(url, { signal: AbortSignal.timeout(2000) })).status < 500;
