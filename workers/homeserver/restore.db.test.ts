import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localSite } from "@/lib/caddy/local-site.ts";
import { startTestDns, type TestDns } from "@/lib/caddy/test-dns.ts";
import { startTestEdge, type TestEdge } from "@/lib/caddy/test-edge.ts";
import { systemIds } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { synapseAccounts } from "@/lib/synapse/accounts.ts";
import { homeSecrets } from "@/lib/synapse/home-secrets.ts";
import { startTestHost, type TestHost, testMasterKey } from "@/lib/synapse/test-host.ts";
import { relayServer } from "../relay/server.ts";

const [smith, jones] = ["smith.family", "jones.family"] as const;
const people = { [smith]: "anna", [jones]: "ben" } as const;
type Family = keyof typeof people;

let edge: TestEdge;
let dns: TestDns;
let relay: ReturnType<typeof relayServer>;
let folder: string;
const hosts = new Map<Family, TestHost>();
const keys = new Map<Family, string>();
const tokens = new Map<Family, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nr-"));
  edge = await startTestEdge();
  dns = await startTestDns();
  const edgeLoopback = { host: "127.0.0.1", port: edge.httpsPort };
  relay = relayServer({ port: 0, dnsServer: dns.address, edgeAddresses: ["127.0.0.1"], edgeLoopback }, log);
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  for (const name of [smith, jones] as const) {
    dns.names.set(name, ["127.0.0.1"]);
    const server = { path: ".well-known/matrix/server", content: JSON.stringify({ "m.server": `${name}:443` }) };
    await localSite(edge.wwwFolder).publish(name, [server]);
    const host = await emptyHost();
    keys.set(name, (await host.birth(name)).file);
    await lead(name, host);
    tokens.set(name, await moveIn(name, host));
  }
}, 90_000);
afterAll(async () => {
  for (const host of hosts.values()) await host.clean();
  await edge.clean();
  relay.close();
  dns.close();
  await rm(folder, { recursive: true });
}, 60_000);

const emptyHost = (): Promise<TestHost> =>
  startTestHost({
    RELAY_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    EDGE_CA_FILE: edge.caFile,
  });

/** From now on the edge finds this family's home there. */
async function lead(name: Family, host: TestHost): Promise<void> {
  hosts.set(name, host);
  await rm(join(edge.socketFolder, `${name}.sock`), { force: true });
  await symlink(join(host.socketFolder, `${name}.sock`), join(edge.socketFolder, `${name}.sock`));
}

async function moveIn(name: Family, host: TestHost): Promise<string> {
  const part = people[name];
  const accounts = synapseAccounts({ socketFolder: host.socketFolder, masterKey: testMasterKey, device: "TEST" });
  await accounts.ensureAccount(name, { id: part, given: part, part, child: false, runsHome: true, page: false });
  await accounts.setSecret(name, part, "a long enough password");
  const answer = await ask(name, "POST", "/_matrix/client/v3/login", {
    type: "m.login.password",
    identifier: { type: "m.id.user", user: part },
    password: "a long enough password",
  });
  return String(answer["access_token"]);
}

describe("a family whose machine is lost", () => {
  it("comes back from its backup on an empty one, and goes on writing with the other family", async () => {
    const room = await commonRoom();
    await write(smith, room, "before the night");
    await reads(jones, room, "before the night");
    const picture = systemIds.secret().repeat(2_000);
    const media = String((await ask(smith, "POST", "/_matrix/media/v3/upload", picture))["content_uri"])
      .split("/")
      .pop();

    const identity = join(folder, "identity.txt");
    const lost = hosts.get(smith) as TestHost;
    const recipient = (await backup(lost, {}, "new-identity", identity)).trim();
    const place = { BACKUP_TO: join(folder, "archives"), BACKUP_RECIPIENT: recipient };
    for (const host of hosts.values()) await backup(host, place, "backup", "--all");
    const key = await lost.homes.servedKey(smith);
    await write(jones, room, "written after the backup");
    await reads(smith, room, "written after the backup");

    await lost.clean();
    const fresh = await emptyHost();
    await lead(smith, fresh);
    const said = await backup(fresh, place, "restore", smith, "--identity", identity);
    expect(said).toContain(`${smith} is restored`);
    await expect.poll(() => fresh.homes.state(smith), { timeout: 20_000 }).toMatchObject({ state: "running" });

    expect(await fresh.homes.servedKey(smith)).toEqual(key);
    await reads(smith, room, "before the night"); // with the token of before
    const path = `/_matrix/client/v1/media/download/${smith}/${media}`;
    expect((await asked(smith, "GET", path)).body).toBe(picture);

    // The worker finds what it looks after: it hands its own secrets over again, and they fit.
    await fresh.homes.ensureRunning(
      smith,
      { secrets: homeSecrets(testMasterKey, smith, keys.get(smith) ?? ""), household: null },
      20,
    );
    const accounts = synapseAccounts({ socketFolder: fresh.socketFolder, masterKey: testMasterKey, device: "TEST" });
    await expect
      .poll(() => accounts.findAccount(smith, "anna").catch(String), { timeout: 20_000 })
      .toMatchObject({
        displayName: "anna",
      });

    await write(jones, room, "are you there?");
    await reads(smith, room, "are you there?");
    // What came between backup and loss is known to the other family, and comes back from there.
    await reads(smith, room, "written after the backup");
    await write(smith, room, "all is as it was");
    await reads(jones, room, "all is as it was");
  }, 90_000);
});

async function commonRoom(): Promise<string> {
  const made = await ask(smith, "POST", "/_matrix/client/v3/createRoom", { preset: "private_chat" });
  const room = encodeURIComponent(String(made["room_id"]));
  await ask(smith, "POST", `/_matrix/client/v3/rooms/${room}/invite`, { user_id: `@${people[jones]}:${jones}` });
  await ask(jones, "POST", `/_matrix/client/v3/join/${room}`, {});
  return room;
}

async function write(name: Family, room: string, words: string): Promise<void> {
  const path = `/_matrix/client/v3/rooms/${room}/send/m.room.message/${systemIds.secret()}`;
  expect(await ask(name, "PUT", path, { msgtype: "m.text", body: words })).toHaveProperty("event_id");
}

async function reads(name: Family, room: string, words: string): Promise<void> {
  const path = `/_matrix/client/v3/rooms/${room}/messages?dir=b&limit=20`;
  await expect.poll(async () => JSON.stringify(await ask(name, "GET", path)), { timeout: 20_000 }).toContain(words);
}

async function ask(name: Family, method: string, path: string, body?: object | string) {
  return JSON.parse((await asked(name, method, path, body)).body) as Record<string, unknown>;
}

function asked(name: Family, method: string, path: string, body?: object | string) {
  const token = tokens.get(name);
  return edge.https(name, path, {
    method,
    headers: {
      "content-type": typeof body === "string" ? "text/plain" : "application/json",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
  });
}

/** The command line of backups, as staff use it. */
async function backup(host: TestHost, place: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const root = resolve(import.meta.dirname, "../..");
  const python = process.env["NAMEPLATE_PYTHON"] ?? join(root, ".nameplate/python/bin/python");
  const { stdout } = await promisify(execFile)(python, ["-m", "nameplate_homes.backup", ...args], {
    env: {
      NODE_ENV: "test",
      PATH: process.env["PATH"],
      PYTHONPATH: join(root, "workers/homeserver"),
      HOMES_FOLDER: host.homesFolder,
      SOCKET_FOLDER: host.socketFolder,
      HOST_SOCKET: host.hostSocket,
      TENANT_DATABASE_URL: process.env["TENANT_DATABASE_URL"],
      ...place,
    },
  });
  return stdout;
}
