import { once } from "node:events";
import { rename, rm, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localSite } from "@/lib/caddy/local-site.ts";
import { outsideView } from "@/lib/caddy/outside-view.ts";
import { systemClock } from "@/lib/clock.ts";
import { systemIds } from "@/lib/ids.ts";
import { makeSigningKey } from "@/lib/synapse/escrow-crypto.ts";
import { edgeAddress, startTestFamilies, type TestFamilies } from "./test-families.ts";

const families = ["smith.family", "jones.family"] as const;
const [smith, jones] = families;
let world: TestFamilies;
let { edge, dns, host, keys, ask } = {} as TestFamilies;

beforeAll(async () => {
  world = await startTestFamilies(families);
  ({ edge, dns, host, keys, ask } = world);
}, 90_000);
afterAll(() => world.clean(), 60_000);

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
    const tokens = new Map([
      [smith, await world.signIn(smith, "anna")],
      [jones, await world.signIn(jones, "ben")],
    ]);
    const as = (name: typeof smith | typeof jones, method: string, path: string, body?: object) =>
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
    const answer = await ask(
      smith,
      "POST",
      "/_matrix/client/v3/join/%23room%3Ainside.test",
      {},
      await world.accounts.adminToken(smith),
    );
    expect(answer).toHaveProperty("errcode");
    expect(reached).toBe(0);
    inside.close();
  }, 30_000);
});
