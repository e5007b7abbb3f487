/** One running copy of the whole product: `start` runs one, and so does the end-to-end test, on ports and data of its own. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Layout, ownStores, portSpan, portsFrom, root, settings } from "./layout.ts";
import { Running } from "./process.ts";
import { programs } from "./programs.ts";
import { prepareRoles } from "./roles.ts";
import { type Kept, postgres, redis } from "./stores.ts";

export interface Copy {
  readonly layout: Layout;
  readonly running: Running;
  readonly build: string;
  stop(): Promise<void>;
}

/**
 * Sockets lie in the data folder where its path is short enough, otherwise in a short one that goes when we stop. Others
 * may pass through; who may connect is each socket's own mode.
 */
export function socketFolder(data: string): { path: string; remove(): void } {
  const near = join(data, "k");
  // 30 bytes are left for the folder of the homeservers' sockets (lib/env.ts), which is this path and "/s".
  if (near.length + 2 <= 30) {
    mkdirSync(near, { recursive: true, mode: 0o711 });
    chmodSync(near, 0o711);
    return { path: near, remove: () => undefined };
  }
  const far = mkdtempSync("/tmp/np-");
  chmodSync(far, 0o711);
  return { path: far, remove: () => rmSync(far, { recursive: true, force: true }) };
}

export async function startCopy(
  layout: Layout,
  build: string,
  options: {
    onDeath(name: string, tail: string): void;
    say?(words: string): void;
    extra?: Record<string, string>;
    kept?: Kept;
  },
): Promise<Running> {
  const running = new Running(join(layout.data, "log"), options.onDeath);
  const say = options.say ?? (() => undefined);
  try {
    say("Starting the database and the queue");
    const ours = ownStores(layout);
    await Promise.all([
      ours.postgres && running.start(postgres(layout, options.kept)),
      ours.redis && running.start(redis(layout)),
    ]);
    if (ours.postgres) await prepareRoles(layout);
    migrate(layout);
    for (const program of programs(layout, build, options.extra)) {
      say(`Starting ${program.name}`);
      await running.start(program);
    }
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Brings the product's tables to this version's shape. */
export function migrate(layout: Layout): void {
  execFileSync(join(root, "node_modules/.bin/prisma"), ["migrate", "deploy"], {
    cwd: root,
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}`,
      DATABASE_URL: settings(layout)["DATABASE_URL"],
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Ports of a copy that are in use by somebody else. */
export async function takenPorts(base: number): Promise<{ part: string; port: number }[]> {
  const taken: { part: string; port: number }[] = [];
  for (const [part, port] of Object.entries(portsFrom(base))) if (!(await free(port))) taken.push({ part, port });
  return taken;
}

const free = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

/** Above what servers usually listen on, and below what Linux gives to outgoing connections. */
const [lowestPort, highestPort] = [20_000, 32_768];

/** A base from which all ports of one copy are free. Runs that start in one moment begin to look at different places. */
export async function freeBase(): Promise<number> {
  const spans = Math.floor((highestPort - lowestPort) / portSpan);
  for (let tried = 0; tried < spans; tried++) {
    const base = lowestPort + ((process.pid + tried) % spans) * portSpan;
    if ((await takenPorts(base)).length === 0) return base;
  }
  throw new Error("No free ports were found on this machine.");
}
