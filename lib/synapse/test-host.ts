/** For tests only: a real tenant host with real homeservers, in a folder of its own, on the PostgreSQL of TENANT_DATABASE_URL. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { systemClock } from "@/lib/clock.ts";
import { systemIds } from "@/lib/ids.ts";
import type { HomeserverHost } from "@/lib/provisioning/ports.ts";
import { makeSigningKey, type SigningKey } from "./escrow-crypto.ts";
import { homeSecrets } from "./home-secrets.ts";
import { askHost } from "./host-line.ts";
import { tenantHost } from "./tenant-host.ts";

export const testMasterKey = "a master key for tests, and for nothing else";
/** A host imports Synapse in about a second, on a busy machine in a few. */
const longestStartMs = 30_000;

export interface TestHost {
  readonly homes: HomeserverHost;
  readonly homesFolder: string;
  readonly socketFolder: string;
  readonly hostSocket: string;
  /** Everything the host wrote to its output so far. */
  output(): string;
  pid(): number;
  begin(): Promise<void>;
  /** Ends the host's own process and waits for it. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Makes a home with a fresh key and waits until it answers. */
  birth(name: string): Promise<SigningKey>;
  /** Removes every home with its database, ends the host, removes its folder. */
  clean(): Promise<void>;
}

export async function startTestHost(more: Readonly<Record<string, string>> = {}): Promise<TestHost> {
  const url = process.env["TENANT_DATABASE_URL"];
  if (!url) throw new Error("TENANT_DATABASE_URL must name a PostgreSQL role with CREATEDB and CREATEROLE");
  const root = resolve(import.meta.dirname, "../..");
  const folder = await mkdtemp(join(tmpdir(), "nh-"));
  // As root each home has a user of its own, who passes through here and lists nothing.
  await chmod(folder, 0o711);
  const homesFolder = join(folder, "homes");
  const socketFolder = join(folder, "s");
  const hostSocket = join(folder, "host.sock");
  const homes = tenantHost({ homesFolder, socketFolder, hostSocket });
  let child: ChildProcess | undefined;
  let said = "";

  const host: TestHost = {
    homes,
    homesFolder,
    socketFolder,
    hostSocket,
    output: () => said,
    pid: () => child?.pid ?? 0,
    async begin() {
      const python = process.env["NAMEPLATE_PYTHON"] ?? join(root, ".nameplate/python/bin/python");
      const started = spawn(python, ["-m", "nameplate_homes"], {
        stdio: ["ignore", "pipe", "pipe"],
        // No more of this process's environment than a path.
        env: {
          NODE_ENV: "test",
          PATH: process.env["PATH"],
          PYTHONPATH: join(root, "workers/homeserver"),
          HOMES_FOLDER: homesFolder,
          SOCKET_FOLDER: socketFolder,
          HOST_SOCKET: hostSocket,
          TENANT_DATABASE_URL: url,
          ...more,
        },
      });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream.on("data", (part: Buffer) => {
          said += part.toString();
        });
      await answering(hostSocket, started, () => said);
    },
    async end(signal) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
    async birth(name) {
      const key = makeSigningKey(systemIds);
      await homes.ensureRunning(name, { secrets: homeSecrets(testMasterKey, name, key.file), household: null }, 30);
      return key;
    },
    async clean() {
      const manifests = await readdir(join(homesFolder, "manifests")).catch(() => []);
      const names = manifests.filter((file) => file.endsWith(".yaml")).map((file) => file.slice(0, -".yaml".length));
      // A test that failed may leave a home that cannot be removed, or a dead host: the rest has to go all the same.
      await Promise.allSettled(names.map((name) => homes.remove(name)));
      await host.end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
  await host.begin();
  return host;
}

async function answering(hostSocket: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = systemClock.now().getTime() + longestStartMs;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The tenant host ended:\n${said()}`);
    try {
      // Any answer will do: nothing is called that.
      await askHost(hostSocket, { do: "state", name: "nobody.test" });
      return;
    } catch (error) {
      if (systemClock.now().getTime() > until)
        throw new Error(`The tenant host does not answer:\n${said()}`, { cause: error });
      await systemClock.sleep(50);
    }
  }
}
