/** PostgreSQL and Redis of one copy, each in the copy's own data folder. */
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout } from "./layout.ts";
import { type Program, portAnswers } from "./process.ts";

const isRoot = process.getuid?.() === 0;

/** Debian keeps the server's programs beside each other, a folder a version. */
export function postgresBin(): string {
  const found = execFileSync("bash", ["-c", "ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1"], {
    encoding: "utf8",
  }).trim();
  if (!found) throw new Error("PostgreSQL is not installed.");
  return found;
}

/** PostgreSQL refuses to run as root; the capability lets its user pass closed folders above ours. Development only. */
const asPostgres = (command: readonly string[]): [string, ...string[]] =>
  (isRoot
    ? [
        "setpriv",
        "--reuid=postgres",
        "--regid=postgres",
        "--init-groups",
        "--inh-caps=+dac_read_search",
        "--ambient-caps=+dac_read_search",
        ...command,
      ]
    : [...command]) as [string, ...string[]];

function initPostgres(layout: Layout, bySocket: boolean): void {
  const folder = join(layout.data, "pg");
  if (existsSync(join(folder, "PG_VERSION"))) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = join(layout.data, "pg.password");
  writeFileSync(password, layout.secrets["POSTGRES"] ?? "", { mode: 0o600 });
  if (isRoot) {
    const [uid, gid] = execFileSync("bash", ["-c", "id -u postgres; id -g postgres"], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
    for (const path of [folder, password]) chownSync(path, uid ?? 0, gid ?? 0);
  }
  const [file, ...args] = asPostgres([
    `${postgresBin()}/initdb`,
    "-D",
    folder,
    "-U",
    "postgres",
    `--auth-local=${bySocket ? "scram-sha-256" : "reject"}`,
    "--auth-host=scram-sha-256",
    `--pwfile=${password}`,
    "--encoding=UTF8",
    "--locale=C.UTF-8",
  ]);
  execFileSync(file, args, { stdio: ["ignore", "ignore", "pipe"] });
}

/** How long a database is to last: whatever happens, through the end of its own processes, or for a test. */
export type Kept = "kept" | "through crashes" | "for a test";

/**
 * What need not outlive the machine's power waits for no disk: making and dropping databases then takes a fifth, and
 * starting again after a crash too. What need not outlive its own processes says "done" before anything is written.
 */
const endurance: Readonly<Record<Kept, readonly string[]>> = {
  // After a crash the whole disk is told to write at once, not each file of each home: minutes with a thousand of them.
  kept: ["recovery_init_sync_method=syncfs"],
  "through crashes": ["fsync=off", "full_page_writes=off"],
  "for a test": ["fsync=off", "full_page_writes=off", "synchronous_commit=off"],
};

/** `bySocket`: whoever may enter its folder finds a socket there, which costs less than a port (77 cases of the matrix: 97 s of processor, and 104 s by a port). */
export function postgres(layout: Layout, kept: Kept = "kept", bySocket = false): Program {
  initPostgres(layout, bySocket);
  const { ports, data } = layout;
  return {
    name: "postgres",
    // 400 connections: three a homeserver awake, and our own.
    command: asPostgres([
      `${postgresBin()}/postgres`,
      "-D",
      join(data, "pg"),
      "-p",
      String(ports.postgres),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      `unix_socket_directories=${bySocket ? join(data, "pg") : ""}`,
      "-c",
      "max_connections=400",
      // A statement that fails would be written out with what people wrote in it, and so would the row in its way.
      "-c",
      "log_min_error_statement=panic",
      "-c",
      "log_error_verbosity=terse",
      ...endurance[kept].flatMap((setting) => ["-c", setting]),
    ]),
    // pg_isready would also answer for a server that is shutting down.
    ready: async () =>
      readFileSync(join(data, "pg/postmaster.pid"), "utf8").includes("ready") && (await portAnswers(ports.postgres)),
    within: 60,
  };
}

export function redis(layout: Layout): Program {
  const { ports, data, secrets } = layout;
  const folder = join(data, "redis");
  mkdirSync(folder, { recursive: true });
  // Homes run on this machine as users of their own: none may read what is queued, or ring a bell. Everybody reads a
  // command line, so the password is in a file.
  chmodSync(folder, 0o700);
  const config = join(folder, "redis.conf");
  writeFileSync(config, `requirepass ${secrets["REDIS"]}\n`, { mode: 0o600 });
  return {
    name: "redis",
    command: [
      "redis-server",
      config,
      "--bind",
      "127.0.0.1",
      "--port",
      String(ports.redis),
      "--dir",
      folder,
      "--appendonly",
      "yes",
      "--maxmemory-policy",
      "noeviction",
      "--save",
      "",
    ],
    ready: () => portAnswers(ports.redis),
    within: 20,
  };
}
