import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemIds } from "@/lib/ids.ts";
import { makeSigningKey } from "@/lib/synapse/escrow-crypto.ts";
import { databaseName, writeManifest, writeSecrets } from "@/lib/synapse/home-folder.ts";
import { homeSecrets } from "@/lib/synapse/home-secrets.ts";
import { askHost } from "@/lib/synapse/host-line.ts";
import { startTestHost, type TestHost, testMasterKey } from "@/lib/synapse/test-host.ts";
import { callHome } from "@/lib/synapse/unix-http.ts";

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost({ MASTER_KEY: "somebody else's secret" });
}, 60_000);
afterAll(() => host.clean(), 60_000);

const home = (name: string, ...rest: string[]) => join(host.homesFolder, "homes", name, ...rest);
const ask = (what: "state" | "converge", name: string) => askHost(host.hostSocket, { do: what, name });
const wait = (name: string, seconds = 20) => askHost(host.hostSocket, { do: "wait", name, seconds });
const answers = async (name: string) => {
  const call = { method: "GET", path: "/_matrix/client/versions", what: "versions" } as const;
  return (await callHome(join(host.socketFolder, `${name}.sock`), call)).status;
};

describe("the tenant host", () => {
  it("starts a home that answers on its own socket with the key it was handed", async () => {
    const key = await host.birth("smith.family");
    expect(await answers("smith.family")).toBe(200);
    expect(await host.homes.servedKey("smith.family")).toEqual({ keyId: key.keyId, publicKey: key.publicKey });
    expect(await ask("state", "smith.family")).toMatchObject({ state: "running", version: "1.163.2" });
  });

  it("reads a manifest that a person wrote as YAML, without being asked", async () => {
    const name = "by-hand.family";
    await writeSecrets(host.homesFolder, name, homeSecrets(testMasterKey, name, makeSigningKey(systemIds).file));
    const yaml = `# by hand\nversion: 1\nname: ${name}\ndatabase: ${databaseName(name)}\nwant: running\n`;
    await writeFile(join(host.homesFolder, "manifests", `${name}.yaml`), yaml);
    await expect.poll(() => answers(name).catch(() => 0), { timeout: 15_000 }).toBe(200);
  });

  it.each([
    ["half a file", '{"version": 1, "name": "broken.fam'],
    ["another name's", '{"version":1,"name":"other.family","database":"t_x","want":"running"}'],
    ["a database that is not a home's", '{"version":1,"name":"broken.family","database":"postgres","want":"running"}'],
    ["a field nobody knows", '{"version":1,"name":"broken.family","database":"t_x","want":"running","as":"root"}'],
  ])("a broken manifest (%s) blocks only its own tenant, with a reason", async (_, text) => {
    await writeFile(join(host.homesFolder, "manifests", "broken.family.yaml"), text);
    expect(await wait("broken.family")).toMatchObject({
      state: "failed",
      code: "bad-manifest",
      reason: expect.stringMatching(/manifest/),
    });
    expect(await answers("smith.family")).toBe(200);
    await writeManifest(host.homesFolder, "broken.family", "gone");
    expect(await wait("broken.family")).toMatchObject({ state: "gone" });
  });

  it("refuses to start without a signing key, and makes none", async () => {
    const name = "keyless.family";
    const { signingKey: _, ...rest } = homeSecrets(testMasterKey, name, "");
    await mkdir(join(host.homesFolder, "secrets", name), { recursive: true });
    await writeFile(join(host.homesFolder, "secrets", name, "secrets.json"), JSON.stringify(rest));
    await writeManifest(host.homesFolder, name, "running");
    expect(await wait(name)).toMatchObject({ state: "failed", code: "no-key" });
    expect(await readdir(home(name))).not.toContain("signing.key");
  });

  it("keeps a key that is at home already, whatever is handed over later", async () => {
    const before = await host.homes.servedKey("smith.family");
    const other = makeSigningKey(systemIds);
    await writeSecrets(host.homesFolder, "smith.family", homeSecrets(testMasterKey, "smith.family", other.file));
    await writeManifest(host.homesFolder, "smith.family", "stopped");
    expect(await wait("smith.family")).toMatchObject({ state: "stopped" });
    await writeManifest(host.homesFolder, "smith.family", "running");
    expect(await wait("smith.family")).toMatchObject({ state: "running" });
    expect(await host.homes.servedKey("smith.family")).toEqual(before);
  });

  it("gives two tenants roles that cannot read, fill or drop each other's database", async () => {
    await host.birth("jones.family");
    const smith = await openAs("smith.family", databaseName("smith.family"));
    expect((await smith.query("SELECT count(*) FROM users")).rows).toHaveLength(1);
    await expect(smith.query(`DROP DATABASE ${databaseName("jones.family")}`)).rejects.toThrow(/must be owner/);
    await expect(smith.query("CREATE DATABASE t_more")).rejects.toThrow(/permission denied/);
    await expect(smith.query("CREATE ROLE t_more")).rejects.toThrow(/permission denied/);
    await smith.end();
    await expect(openAs("smith.family", databaseName("jones.family"))).rejects.toThrow(
      /permission denied for database/,
    );
    await expect(openAs("smith.family", "synapse_1_163_2")).rejects.toThrow(
      /not currently accepting|permission denied/,
    );
  });

  it("never hands one tenant's database to another", async () => {
    const name = "thief.family";
    await writeSecrets(host.homesFolder, name, homeSecrets(testMasterKey, name, makeSigningKey(systemIds).file));
    const stolen = { version: 1, name, database: databaseName("jones.family"), want: "running" };
    await writeFile(join(host.homesFolder, "manifests", `${name}.yaml`), JSON.stringify(stolen));
    expect(await wait(name)).toMatchObject({ state: "failed", reason: expect.stringMatching(/jones\.family/) });
    await writeFile(join(host.homesFolder, "manifests", `${name}.yaml`), JSON.stringify({ ...stolen, want: "gone" }));
    expect(await wait(name)).toMatchObject({ state: "failed", reason: expect.stringMatching(/jones\.family/) });
    expect(await answers("jones.family")).toBe(200);
  });

  it("keeps the database's credentials out of its own and its homes' reach", async () => {
    const { pid } = await ask("state", "smith.family");
    const password = new URL(process.env["TENANT_DATABASE_URL"] ?? "").password;
    for (const process of [host.pid(), pid]) {
      const environment = await readFile(`/proc/${process}/environ`, "utf8");
      expect(environment).toContain("HOMES_FOLDER=");
      expect(environment).not.toMatch(/TENANT_DATABASE_URL|MASTER_KEY/);
    }
    expect(await readFile(home("smith.family", "homeserver.yaml"), "utf8")).not.toContain(`:${password}@`);
  });

  it("writes nothing when nothing has changed, however often it looks", async () => {
    const before = await snapshot(host.homesFolder);
    const { pid } = await ask("state", "smith.family");
    for (let round = 0; round < 3; round += 1) {
      await ask("converge", "smith.family");
      await host.homes.ensureRunning("jones.family", { secrets: await handed("jones.family"), household: null }, 20);
    }
    await pause(2500); // its own look, every two seconds
    expect(await snapshot(host.homesFolder)).toEqual(before);
    expect((await ask("state", "smith.family")).pid).toBe(pid);
  });

  it("stops a home that is to rest, keeps everything it has, and starts it again with the same key", async () => {
    const before = await host.homes.servedKey("jones.family");
    await host.homes.ensureStopped("jones.family");
    await host.homes.ensureStopped("jones.family");
    expect(await host.homes.state("jones.family")).toMatchObject({ state: "stopped" });
    expect(await host.homes.servedKey("jones.family")).toBeUndefined();
    await host.homes.ensureRunning("jones.family", { secrets: await handed("jones.family"), household: null }, 20);
    expect(await host.homes.servedKey("jones.family")).toEqual(before);
  }, 30_000);

  it("starts a home again that crashed, and says why it was down", async () => {
    const { pid } = await ask("state", "smith.family");
    kill(pid);
    await expect
      .poll(() => ask("state", "smith.family"))
      .toMatchObject({
        state: "failed",
        code: "crashed",
        reason: expect.stringMatching(/SIGKILL/),
      });
    await expect.poll(() => answers("smith.family").catch(() => 0), { timeout: 10_000 }).toBe(200);
  });

  it("leaves its homes running when it is killed, and the next host adopts them", async () => {
    const before = await Promise.all(["smith.family", "jones.family"].map((name) => ask("state", name)));
    await host.end("SIGKILL");
    expect(await answers("smith.family")).toBe(200);
    await host.begin();
    expect(await wait("smith.family")).toMatchObject({ state: "running", pid: before[0]?.pid });
    expect(await wait("jones.family")).toMatchObject({ state: "running", pid: before[1]?.pid });
    kill(before[1]?.pid); // an adopted one is watched like a child
    await expect.poll(() => ask("state", "jones.family")).toMatchObject({ code: "crashed" });
    await expect.poll(() => answers("jones.family").catch(() => 0), { timeout: 10_000 }).toBe(200);
  });

  it("never runs one home twice, even when it lost sight of the first process", async () => {
    const { pid } = await ask("state", "jones.family");
    await host.end("SIGKILL");
    await rename(home("jones.family", "home.pid"), home("jones.family", "hidden.pid"));
    await host.begin();
    expect(await wait("jones.family")).toMatchObject({ state: "failed", code: "already-running" });
    await rename(home("jones.family", "hidden.pid"), home("jones.family", "home.pid"));
    await ask("converge", "jones.family");
    expect(await wait("jones.family")).toMatchObject({ state: "running", pid });
  });

  it("leaves everything to the next host when its clerk is killed", async () => {
    const { pid } = await ask("state", "smith.family");
    const children = (await readFile(`/proc/${host.pid()}/task/${host.pid()}/children`, "utf8")).trim().split(" ");
    const isClerk = async (child: string) =>
      (await readFile(`/proc/${child}/cmdline`, "utf8")).includes("nameplate_homes.clerk");
    for (const child of children) if (await isClerk(child)) process.kill(Number(child), "SIGKILL");
    await expect.poll(() => ask("state", "smith.family").catch(() => "gone"), { timeout: 5_000 }).toBe("gone");
    expect(await answers("smith.family")).toBe(200);
    await host.begin();
    expect(await wait("smith.family")).toMatchObject({ state: "running", pid });
  });

  it("takes gone to mean gone: process, socket, database, role, secrets and files, and again without harm", async () => {
    const { pid } = await ask("state", "jones.family");
    await host.homes.remove("jones.family");
    await host.homes.remove("jones.family");
    expect(await host.homes.state("jones.family")).toMatchObject({ state: "gone" });
    expect(await runs(pid)).toBe(false);
    expect(await readdir(join(host.homesFolder, "homes"))).not.toContain("jones.family");
    expect(await readdir(join(host.homesFolder, "secrets"))).not.toContain("jones.family");
    expect((await readdir(host.socketFolder)).filter((file) => file.startsWith("jones.family"))).toEqual([]);
    const admin = new Client({ connectionString: process.env["TENANT_DATABASE_URL"] });
    await admin.connect();
    const left = await admin.query(
      "SELECT datname FROM pg_database WHERE datname = $1 UNION SELECT rolname FROM pg_roles WHERE rolname = $1",
      [databaseName("jones.family")],
    );
    await admin.end();
    expect(left.rows).toEqual([]);
  });

  it("stops every home when it is asked to stop itself", async () => {
    const { pid } = await ask("state", "smith.family");
    await host.end("SIGTERM");
    expect(await runs(pid)).toBe(false);
    await host.begin();
    expect(await wait("smith.family")).toMatchObject({ state: "asleep" });
    expect(await answers("smith.family")).toBe(200);
    expect(await wait("smith.family")).toMatchObject({ state: "running" });
  });
});

async function openAs(name: string, database: string): Promise<Client> {
  const server = new URL(process.env["TENANT_DATABASE_URL"] ?? "");
  const client = new Client({
    host: server.hostname,
    port: Number(server.port),
    user: databaseName(name),
    password: await readFile(home(name, "database.password"), "utf8"),
    database,
  });
  await client.connect();
  return client;
}

function kill(pid: number | undefined): void {
  // To the number 0 the signal would go to this very test and all its kin.
  if (!pid) throw new Error("there is no process to kill");
  process.kill(pid, "SIGKILL");
}

/** An adopted process that ended may wait as a zombie until init looks after it. */
async function runs(pid: number | undefined): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return status !== "" && !/^State:\s+Z/m.test(status);
}

/** What the worker handed over before, so that handing it over again changes nothing. */
async function handed(name: string) {
  const key = await readFile(join(host.homesFolder, "secrets", name, "signing.key"), "utf8");
  return homeSecrets(testMasterKey, name, key);
}

/** Every file with what changes when it is written; homes' own logs aside. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const files = await readdir(folder, { recursive: true });
  const stamps = await Promise.all(
    files
      .filter((file) => !file.includes("/logs/"))
      .map(async (file) => {
        const { mtimeMs, ino, size } = await stat(join(folder, file));
        return [file, `${mtimeMs} ${ino} ${size}`] as const;
      }),
  );
  return Object.fromEntries(stamps);
}
