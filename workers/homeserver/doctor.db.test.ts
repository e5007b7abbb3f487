import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock.ts";
import { type Db, openDb } from "@/lib/db.ts";
import { startTestHost, type TestHost } from "@/lib/synapse/test-host.ts";
import { relayServer } from "../relay/server.ts";

/** The command itself, with what only the product knows: the key in escrow; and beside a real relay. */
const root = resolve(import.meta.dirname, "../..");
const name = "examined.family";
const url = process.env["DATABASE_URL"] ?? "";
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
let db: Db;
let host: TestHost;
let relay: ReturnType<typeof relayServer>;
let relayUrl: string;

interface Finding {
  readonly what: string;
  readonly level: "well" | "note" | "unseen" | "wrong";
  readonly words: string;
}

beforeAll(async () => {
  db = openDb(url, 1);
  relay = relayServer({ port: 0, edgeAddresses: [], dnsServer: undefined, edgeLoopback: undefined }, quiet);
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  relayUrl = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
  host = await startTestHost({ RELAY_URL: relayUrl });
});

afterAll(async () => {
  await host?.clean();
  relay?.close();
  await db?.signingKey.deleteMany({ where: { name } });
  await db?.$disconnect();
});

/** What the command printed for programs, and how it ended. It must not block us: the relay is in this process. */
async function examine(...names: string[]): Promise<{ code: number; findings: Finding[] }> {
  const child = spawn(join(root, "scripts/doctor"), [...names, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      NODE_ENV: "test",
      PATH: process.env["PATH"],
      HOMES_FOLDER: host.homesFolder,
      SOCKET_FOLDER: host.socketFolder,
      HOST_SOCKET: host.hostSocket,
      TENANT_DATABASE_URL: process.env["TENANT_DATABASE_URL"],
      DATABASE_URL: url,
      RELAY_URL: relayUrl,
    },
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => {
    said += part.toString();
  });
  const [code] = (await once(child, "close")) as [number];
  const { parts } = JSON.parse(said) as { parts: { findings: Finding[] }[] };
  return { code, findings: parts.flatMap((part) => part.findings) };
}

const about = (findings: readonly Finding[], what: string): Finding | undefined =>
  findings.find((finding) => finding.what === what);

describe("scripts/doctor", () => {
  it("finds the relay, and that it keeps homes out of this machine", async () => {
    const { findings } = await examine();
    expect(about(findings, "relay")).toMatchObject({ level: "well" });
    expect(about(findings, "relay")?.words).toContain("keeps homes out");
  });

  it("compares a home's key with the one in escrow", async () => {
    const key = await host.birth(name);
    const recorded = { keyId: key.keyId, publicKey: key.publicKey, sealed: "-", createdAt: systemClock.now() };
    await db.signingKey.create({ data: { name, ...recorded } });
    const good = await examine(name);
    expect(good.code).toBe(0);
    expect(about(good.findings, "signing key")?.words).toBe(`It signs with ${key.keyId}, as is recorded in escrow`);
    await db.signingKey.update({ where: { name }, data: { keyId: "ed25519:a_else" } });
    const bad = await examine(name);
    expect(bad.code).toBe(1);
    expect(about(bad.findings, "signing key")).toMatchObject({ level: "wrong" });
  });
});
