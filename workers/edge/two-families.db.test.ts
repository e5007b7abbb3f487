import { once } from "node:events";
import { rename, rm, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localSite } from "@/lib/caddy/local-site.ts";
import { outsideView } from "@/lib/caddy/outside-view.ts";
import { startTestDns, type TestDns } from "@/lib/caddy/test-dns.ts";
import { startTestEdge, type TestEdge } from "@/lib/caddy/test-edge.ts";
import { systemClock } from "@/lib/clock.ts";
import { systemIds } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { synapseAccounts } from "@/lib/synapse/accounts.ts";
import { makeSigningKey } from "@/lib/synapse/escrow-crypto.ts";
import { startTestHost, type TestHost, testMasterKey } from "@/lib/synapse/test-host.ts";
import { relayServer } from "../relay/server.ts";

/** What the address book says, as in the sandbox: a loopback address, behind which the edge has a port of its own. */
const edgeAddress = "127.0.0.1";
const families = ["smith.family", "jones.family"] as const;
const [smith, jones] = families;
let edge: TestEdge;
let dns: TestDns;
let host: TestHost;
let relay: ReturnType<typeof relayServer>;
const keys = new Map<string, string>();

beforeAll(async () => {
  edge = await startTestEdge();
  dns = await startTestDns();
  relay = relayServer(
    {
      port: 0,
      dnsServer: dns.address,
      edgeAddresses: [edgeAddress],
      edgeLoopback: { host: "127.0.0.1", port: edge.httpsPort },
    },
    log,
  );
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  host = await startTestHost({
    RELAY_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    EDGE_CA_FILE: edge.caFile,
  });
  // The edge and the host look into one folder of sockets, as in a real copy.
  await rm(edge.socketFolder, { recursive: true });
  await symlink(host.socketFolder, edge.socketFolder);
  for (const name of families) {
    dns.names.set(name, [edgeAddress]);
    await localSite(edge.wwwFolder).publish(name, [
      { path: ".well-known/matrix/server", content: JSON.stringify({ "m.server": `${name}:443` }) },
      {
        path: ".well-known/matrix/client",
        content: JSON.stringify({ "m.homeserver": { base_url: `https://${name}` } }),
      },
    ]);
    keys.set(name, (await host.birth(name)).keyId);
  }
}, 90_000);
afterAll(async () => {
  await host.clean();
  await edge.clean();
  relay.close();
  dns.close();
}, 60_000);

const look = (name: string, keyId = keys.get(name) ?? "", addresses: readonly string[] = [edgeAddress]) =>
  outsideView({ dnsServer: dns.address, port: edge.httpsPort, caFile: edge.caFile }, systemClock).look(name, {
    keyId,
    addresses,
  });
const wrong = async (...asked: Parameters<typeof look>) => (await look(...asked)).filter((check) => !check.ok);

describe("a home seen from outside", () => {
  it("is all as it should be", async () => {
    const checks = await look(smith);
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(checks.map((check) => check.what)).toEqual([
      "address book",
      ...[
        "server discovery",
        "client discovery",
        "client versions",
        "ways to sign in",
        "signing key",
        "federation version",
      ].map((what) => `${what} at 127.0.0.1`),
    ]);
  });

  it("is wrong when it signs with another key than the one in escrow", async () => {
    const other = makeSigningKey(systemIds).keyId.replace("a_", "b_");
    expect(await wrong(smith, other)).toEqual([
      { what: "signing key at 127.0.0.1", ok: false, detail: `the key ${other} is not served` },
    ]);
  });

  it("is wrong while the address book does not know it, leads elsewhere, or does not answer", async () => {
    expect(await wrong("stranger.test")).toEqual([{ what: "address book", ok: false, detail: "no address yet" }]);
    expect(await wrong(smith, undefined, ["192.0.2.1"])).toContainEqual({
      what: "address book",
      ok: false,
      detail: "leads elsewhere: 127.0.0.1",
    });
    expect(await wrong(smith, undefined, [edgeAddress, "192.0.2.1"])).toContainEqual({
      what: "address book",
      ok: false,
      detail: "does not have 192.0.2.1 yet",
    });
    const silent = await outsideView({ dnsServer: "127.0.0.1:9", port: 443, caFile: undefined }, systemClock).look(
      smith,
      { keyId: "", addresses: [] },
    );
    expect(silent).toMatchObject([{ what: "address book", ok: false }]);
  }, 20_000);

  it("is wrong in every answer when its certificate cannot be trusted", async () => {
    const checks = await outsideView(
      { dnsServer: dns.address, port: edge.httpsPort, caFile: undefined },
      systemClock,
    ).look(smith, { keyId: keys.get(smith) ?? "", addresses: [edgeAddress] });
    expect(checks.filter((check) => !check.ok)).toHaveLength(6);
  });

  it("is wrong where its discovery leads elsewhere, or is not for browsers", async () => {
    const site = localSite(edge.wwwFolder);
    const before = (await site.read(smith)) ?? [];
    await site.publish(smith, [
      { path: ".well-known/matrix/server", content: '{"m.server":"evil.test:443"}' },
      { path: ".well-known/matrix/client", content: "<html>" },
    ]);
    const found = await wrong(smith);
    await site.publish(smith, before);
    expect(found.map((check) => check.what)).toEqual([
      "server discovery at 127.0.0.1",
      "client discovery at 127.0.0.1",
    ]);
    expect(found[0]?.detail).toContain("evil.test");
  });

  it("is wrong in what the home itself answers while the home is down, and in nothing else", async () => {
    await rename(join(host.socketFolder, `${smith}.sock`), join(host.socketFolder, "away"));
    const found = await wrong(smith);
    await rename(join(host.socketFolder, "away"), join(host.socketFolder, `${smith}.sock`));
    expect(found.map((check) => check.what.replace(" at 127.0.0.1", ""))).toEqual([
      "client versions",
      "ways to sign in",
      "signing key",
      "federation version",
    ]);
    expect(found[0]?.detail).toContain("503");
    expect(await wrong(smith)).toEqual([]);
  });

  it("is wrong when somebody else's key answers for it", async () => {
    // Jones's home stands where Smith's should.
    const [real, other] = families.map((name) => join(host.socketFolder, `${name}.sock`)) as [string, string];
    await rename(real, `${real}.kept`);
    await symlink(other, real);
    const found = await wrong(smith);
    await rm(real);
    await rename(`${real}.kept`, real);
    expect(found).toMatchObject([{ what: "signing key at 127.0.0.1", detail: expect.stringMatching(/jones\.family/) }]);
  });
});

describe("two families", () => {
  it("write to each other through relay and edge, certificates verified, no hosts file edited", async () => {
    const accounts = synapseAccounts({ socketFolder: host.socketFolder, masterKey: testMasterKey, device: "TEST" });
    const tokens = new Map<string, string>();
    for (const [name, part] of [
      [smith, "anna"],
      [jones, "ben"],
    ] as const) {
      await accounts.ensureAccount(name, { id: part, given: part, part, child: false, runsHome: true, page: false });
      await accounts.setSecret(name, part, "a long enough password");
      const answer = await ask(name, "POST", "/_matrix/client/v3/login", {
        type: "m.login.password",
        identifier: { type: "m.id.user", user: part },
        password: "a long enough password",
      });
      tokens.set(name, String(answer["access_token"]));
    }
    const as = (name: string, method: string, path: string, body?: object) =>
      ask(name, method, path, body, tokens.get(name));
    const room = encodeURIComponent(
      String((await as(smith, "POST", "/_matrix/client/v3/createRoom", { preset: "private_chat" }))["room_id"]),
    );
    await as(smith, "POST", `/_matrix/client/v3/rooms/${room}/invite`, { user_id: `@ben:${jones}` });
    await as(jones, "POST", `/_matrix/client/v3/join/${room}`, {});
    await as(smith, "PUT", `/_matrix/client/v3/rooms/${room}/send/m.room.message/1`, {
      msgtype: "m.text",
      body: "hello over there",
    });
    await expect
      .poll(
        async () => JSON.stringify(await as(jones, "GET", `/_matrix/client/v3/rooms/${room}/messages?dir=b&limit=10`)),
        { timeout: 10_000 },
      )
      .toContain("hello over there");
  }, 30_000);

  it("cannot be led into this machine by a name that is not a family's", async () => {
    let reached = 0;
    const inside = createServer((_, response) => {
      reached += 1;
      response.end();
    }).listen(0, "127.0.0.1");
    await once(inside, "listening");
    dns.names.set("inside.test", ["127.0.0.2"]);
    const accounts = synapseAccounts({ socketFolder: host.socketFolder, masterKey: testMasterKey, device: "TEST" });
    const answer = await ask(
      smith,
      "POST",
      "/_matrix/client/v3/join/%23room%3Ainside.test",
      {},
      await accounts.adminToken(smith),
    );
    expect(answer).toHaveProperty("errcode");
    expect(reached).toBe(0);
    inside.close();
  }, 30_000);
});

async function ask(
  name: string,
  method: string,
  path: string,
  body?: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const answer = await edge.https(name, path, {
    method,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return JSON.parse(answer.body) as Record<string, unknown>;
}
