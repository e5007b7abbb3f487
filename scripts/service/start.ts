/** Runs the whole product on this machine until Ctrl-C. Called by scripts/start, after everything was set up. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvProblems, readEnv } from "../../lib/env.ts";
import { ensureBuild } from "./build.ts";
import { socketFolder, startCopy, takenPorts } from "./copy.ts";
import { layoutOf, made, pretend, settings } from "./layout.ts";
import { beganAt, stopLeftovers } from "./leftovers.ts";
import type { Running } from "./process.ts";

const base = Number(process.env["PORT_BASE"] ?? 4300);
const data = join(made, "run");
const pidFile = join(data, "start.pid");

const fail = (words: string): never => {
  console.error(words);
  process.exit(1);
};

function refuseSecondCopy(): void {
  if (!existsSync(pidFile)) return;
  const [pid, began] = readFileSync(pidFile, "utf8").split(" ");
  if (!began || beganAt(Number(pid)) !== began) return; // the one before us ended without tidying up
  fail(
    `Nameplate already runs on this machine (process ${pid}). Stop it with Ctrl-C where it was started, then run this again.`,
  );
}

async function refuseTakenPorts(): Promise<void> {
  const taken = await takenPorts(base);
  if (taken.length === 0) return;
  const list = taken.map(({ part, port }) => `${port} (${part})`).join(", ");
  fail(`Another program uses port ${list}. Stop that program, or choose other ports: PORT_BASE=5300 scripts/start`);
}

function table(layout: ReturnType<typeof layoutOf>, seconds: number): string {
  const { ports } = layout;
  const is = pretend(layout);
  const rows = [
    ["Choose a name and pay", `http://localhost:${ports.web}/`],
    ["The family page", `http://localhost:${ports.web}/home`],
    ["The staff page", `http://localhost:${ports.web}/admin   (first: npm run staff -- add YOUR-EMAIL)`],
    ...(is.mail ? [["Sandbox: the mailbox", `http://localhost:${ports.mail}/`]] : []),
    ...(is.stripe ? [["Sandbox: payments", `http://localhost:${ports.stripe}/   (card 4242 4242 4242 4242)`]] : []),
    ...(is.cloudflare
      ? [
          ["Sandbox: names", `http://localhost:${ports.cloudflare}/`],
          ["Pages of a family", `http://NAME.localhost:${ports.edgeHttp}/`],
        ]
      : []),
  ];
  const width = Math.max(...rows.map(([what]) => what?.length ?? 0));
  return [
    "",
    `Nameplate is ready after ${seconds} s.`,
    "",
    ...rows.map(([what, where]) => `  ${what?.padEnd(width)}  ${where}`),
    "",
    "Stop with Ctrl-C. Logs are in .nameplate/run/log; scripts/reset removes everything.",
    "",
  ].join("\n");
}

refuseSecondCopy();
const left = await stopLeftovers(data);
if (left > 0) console.log(`  Stopped ${left} programs that an earlier start left running.`);
await refuseTakenPorts();
const begun = performance.now();
const build = await ensureBuild();
mkdirSync(data, { recursive: true, mode: 0o711 });
const sockets = socketFolder(data);
const layout = layoutOf(data, sockets.path, base);
writeFileSync(pidFile, `${process.pid} ${beganAt(process.pid)}`);
writeFileSync(join(data, "copy.json"), JSON.stringify({ sockets: sockets.path, base, build }));

/** All settings that are missing or malformed, of every process, before the first of them starts. */
function refuseBadSettings(): void {
  const problems = (["web", "worker"] as const).flatMap((which) => {
    try {
      readEnv(which as "web", settings(layout) as unknown as NodeJS.ProcessEnv);
      return [];
    } catch (error) {
      if (error instanceof EnvProblems) return error.problems;
      throw error;
    }
  });
  if (problems.length > 0)
    fail(`Settings to mend in .env (lib/env.ts says what each is for):\n${[...new Set(problems)].join("\n")}`);
}
refuseBadSettings();

let running: Running | undefined;
let stopping = false;
async function stop(code: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    await running?.stop();
    sockets.remove();
    rmSync(pidFile, { force: true });
    process.exit(code);
  }
  return new Promise(() => undefined);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (!stopping) console.log("\nStopping everything.");
    // A start that is still under way notices by itself once its parts are gone.
    void stop(0);
  });
}

try {
  running = await startCopy(layout, build, {
    onDeath: (name, tail) => {
      console.error(
        `\n${name} ended by itself; the last it said:\n${tail}\n\nStopping the rest. Run scripts/start to begin again.`,
      );
      void stop(1);
    },
    say: (words) => process.stdout.isTTY && process.stdout.write(`\r  ${words.padEnd(60)}`),
  });
  if (process.stdout.isTTY) process.stdout.write(`\r${" ".repeat(64)}\r`);
  console.log(table(layout, Math.round((performance.now() - begun) / 1000)));
} catch (error) {
  sockets.remove();
  rmSync(pidFile, { force: true });
  fail(`\nNameplate could not start.\n${error instanceof Error ? error.message : String(error)}`);
}
