import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer as httpServer } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDns, type TestDns } from "@/lib/caddy/test-dns.ts";
import { synapseAccounts } from "@/lib/synapse/accounts.ts";
import { startTestHost, type TestHost, testMasterKey } from "@/lib/synapse/test-host.ts";
import { callHome } from "@/lib/synapse/unix-http.ts";
import { relayServer } from "./server.ts";

/**
 * A real home asks a stranger's server where its Matrix server is, and is told to look inside this machine. The stranger's
 * certificate is good: only the relay stands between.
 */
const publicAddress = "198.51.100.7";
const family = "smith.family";
let folder: string;
let dns: TestDns;
let host: TestHost;
let relay: ReturnType<typeof relayServer>;
let stranger: Server;
const inside: NetServer[] = [];
const refused: { target: string; why: string }[] = [];
const asked: string[] = [];
let reachedInside = 0;
let insidePorts: { readonly http: number; readonly https: number };
let answer: { redirect: string } | { delegate: string } = { delegate: "" };
let token: string;

const certificates = (at: string) => {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: at, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=Test", "-days", "2");
  const names = "subjectAltName=DNS:*.r.test,IP:127.0.0.1,IP:::1";
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "it.key",
    "-out",
    "it.crt",
    "-subj",
    "/CN=it",
    "-days",
    "2",
    "-CA",
    "ca.crt",
    "-CAkey",
    "ca.key",
    "-addext",
    names,
    "-addext",
    "basicConstraints=critical,CA:FALSE",
  );
};
const port = (server: NetServer) => (server.address() as AddressInfo).port;
async function listening<S extends NetServer>(server: S, address = "127.0.0.1"): Promise<S> {
  server.listen(0, address);
  await once(server, "listening");
  return server;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nr-"));
  await chmod(folder, 0o755);
  certificates(folder);
  const [key, cert] = await Promise.all([readFile(join(folder, "it.key")), readFile(join(folder, "it.crt"))]);
  const within = (_: unknown, response: { end(text: string): void }) => {
    reachedInside += 1;
    response.end("{}");
  };
  const plain = await listening(httpServer(within));
  const secure = await listening(createServer({ key, cert }, within));
  inside.push(plain, secure);
  for (const server of inside) server.on("connection", () => (reachedInside += 1));
  insidePorts = { http: port(plain), https: port(secure) };
  stranger = await listening(
    createServer({ key, cert }, (request, response) => {
      asked.push(request.url ?? "");
      if ("redirect" in answer) response.writeHead(302, { location: answer.redirect }).end();
      else response.setHeader("content-type", "application/json").end(JSON.stringify({ "m.server": answer.delegate }));
    }),
  );
  dns = await startTestDns();
  dns.names.set("inner.test", ["10.0.0.1"]);
  dns.names.set("here.test", ["127.0.0.1"]);
  const silent = { debug: () => {}, info: () => {}, error: () => {} };
  const warn = (what: unknown) => void refused.push(what as (typeof refused)[number]);
  relay = relayServer(
    {
      port: 0,
      dnsServer: dns.address,
      edgeAddresses: [publicAddress],
      edgeLoopback: { host: "127.0.0.1", port: port(stranger) },
    },
    { ...silent, warn },
  );
  await listening(relay);
  host = await startTestHost({ RELAY_URL: `http://127.0.0.1:${port(relay)}`, EDGE_CA_FILE: join(folder, "ca.crt") });
  await host.birth(family);
  token = await synapseAccounts({ socketFolder: host.socketFolder, masterKey: testMasterKey, device: "T" }).adminToken(
    family,
  );
}, 60_000);
afterAll(async () => {
  await host.clean();
  for (const server of [...inside, stranger, relay]) server.close();
  dns.close();
  await rm(folder, { recursive: true });
}, 60_000);

function forget(): void {
  asked.length = 0;
  refused.length = 0;
  reachedInside = 0;
}

/** Makes the home look for a person of that server. Each name is new to it, for it remembers what it was told. */
async function lookFor(server: string): Promise<number> {
  dns.names.set(server, [publicAddress]);
  const path = `/_matrix/client/v3/profile/${encodeURIComponent(`@x:${server}`)}`;
  return (await callHome(join(host.socketFolder, `${family}.sock`), { method: "GET", path, token, what: "a profile" }))
    .status;
}

describe("a home led astray", () => {
  it.each([
    ["the metadata of a cloud", () => "https://169.254.169.254/latest/meta-data"],
    ["this machine", () => "https://127.0.0.1/"],
    ["this machine in another spelling", () => "https://2130706433/"],
    ["this machine by its other address", () => "https://[::1]/"],
    ["a port of this machine", () => `https://127.0.0.1:${insidePorts.https}/`],
    ["plain HTTP", () => `http://127.0.0.1:${insidePorts.http}/`],
    ["a name that leads inside", () => "https://inner.test/"],
    ["a name that leads to this machine", () => "https://here.test/"],
    ["another port of a public server", () => "https://stranger.test:22/"],
  ])(
    "is redirected by .well-known to %s, and gets nowhere",
    async (what, target) => {
      answer = { redirect: target() };
      forget();
      await lookFor(`${what.replaceAll(/[^a-z]+/gi, "-").toLowerCase()}.r.test`);
      expect(asked).toContain("/.well-known/matrix/server");
      expect(reachedInside).toBe(0);
      // A name the relay refuses; a plain address Synapse refuses itself, and plain HTTP meets a 405.
      if (/^https:\/\/[a-z]/.test(target())) expect(refused.length).toBeGreaterThan(0);
    },
    30_000,
  );

  it.each(["127.0.0.1:443", "[::1]:8448", "inner.test:443", "here.test:8448", "stranger.test:5432"])(
    "is delegated by .well-known to %s, and gets nowhere",
    async (delegate) => {
      answer = { delegate };
      forget();
      await lookFor(`d${delegate.replaceAll(/[^a-z0-9]+/gi, "-")}.r.test`);
      expect(asked).toEqual(["/.well-known/matrix/server"]);
      expect(refused.map(({ target }) => target)).toContain(delegate.replace(/[[\]]/g, ""));
      expect(reachedInside).toBe(0);
    },
    30_000,
  );
});
