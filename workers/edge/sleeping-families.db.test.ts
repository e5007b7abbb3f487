import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outsideView } from "@/lib/caddy/outside-view.ts";
import { systemClock } from "@/lib/clock.ts";
import { writeManifest } from "@/lib/synapse/home-folder.ts";
import { askHost } from "@/lib/synapse/host-line.ts";
import { edgeAddress, startTestFamilies, type TestFamilies } from "./test-families.ts";

const smith = "smith.family";
const jones = "jones.family";
let world: TestFamilies;
const tokens = new Map<string, string>();
let room: string;

beforeAll(async () => {
  // Half a second without a use, and a home sleeps.
  world = await startTestFamilies([smith, jones], { SLEEP_AFTER_SECONDS: "0.5" });
  tokens.set(smith, await world.signIn(smith, "anna"));
  tokens.set(jones, await world.signIn(jones, "ben"));
  const made = await as(smith, "POST", "/_matrix/client/v3/createRoom", { preset: "private_chat" });
  room = encodeURIComponent(String(made["room_id"]));
  await as(smith, "POST", `/_matrix/client/v3/rooms/${room}/invite`, { user_id: `@ben:${jones}` });
  await as(jones, "POST", `/_matrix/client/v3/join/${room}`, {});
}, 90_000);
afterAll(() => world.clean(), 60_000);

const as = (name: string, method: string, path: string, body?: object) =>
  world.ask(name, method, path, body, tokens.get(name));
const state = async (name: string) => (await askHost(world.host.hostSocket, { do: "state", name })).state;
const asleep = (name: string) => expect.poll(() => state(name), { timeout: 10_000, interval: 30 }).toBe("asleep");
const send = (name: string, words: string) =>
  as(name, "PUT", `/_matrix/client/v3/rooms/${room}/send/m.room.message/${encodeURIComponent(words)}`, {
    msgtype: "m.text",
    body: words,
  });
const read = async (name: string) =>
  JSON.stringify(await as(name, "GET", `/_matrix/client/v3/rooms/${room}/messages?dir=b&limit=20`));

describe("a sleeping family", () => {
  it("is woken by its app through the edge, and the first request is answered", async () => {
    await asleep(smith);
    expect(await as(smith, "GET", "/_matrix/client/v3/account/whoami")).toMatchObject({ user_id: `@anna:${smith}` });
    expect(await state(smith)).toBe("running");
  });

  it("takes in what another family writes", async () => {
    await Promise.all([asleep(smith), asleep(jones)]);
    const begun = performance.now();
    await send(smith, "are you awake");
    // Its own log of events, not a request to it: that would wake it.
    await expect.poll(() => state(jones), { timeout: 10_000, interval: 30 }).toBe("running");
    expect(performance.now() - begun).toBeLessThan(5_000);
    await asleep(jones);
    expect(await read(jones)).toContain("are you awake");
  });

  it("takes in all that is written, however often it falls asleep meanwhile", async () => {
    const words = Array.from({ length: 12 }, (_, number) => `number ${number}.`);
    for (const [index, word] of words.entries()) {
      await send(smith, word);
      // Uneven, around the half second after which it falls asleep.
      await pause((index * 310) % 900);
    }
    const missing = async () => {
      const seen = await read(jones);
      return words.filter((word) => !seen.includes(word));
    };
    await expect.poll(missing, { timeout: 10_000, interval: 300 }).toEqual([]);
  });

  it("is looked at from outside without being woken", async () => {
    await asleep(smith);
    const view = outsideView(
      { dnsServer: world.dns.address, port: world.edge.httpsPort, caFile: world.edge.caFile },
      systemClock,
    );
    const checks = await view.look(smith, {
      keyId: world.keys.get(smith) ?? "",
      addresses: [edgeAddress],
      asleep: true,
    });
    expect(checks.map((check) => [check.what, check.ok])).toEqual([
      ["address book", true],
      ["server discovery at 127.0.0.1", true],
      ["client discovery at 127.0.0.1", true],
    ]);
    expect(await state(smith)).toBe("asleep");
  });

  it("answers a request that came while the tenant host was killed and started again", async () => {
    await asleep(smith);
    await world.host.end("SIGKILL");
    const asked = as(smith, "GET", "/_matrix/client/v3/account/whoami");
    await world.host.begin();
    expect(await asked).toMatchObject({ user_id: `@anna:${smith}` });
  });

  it("stays awake while a friend's server has not got its words, and delivers them when it can", async () => {
    await writeManifest(world.host.homesFolder, jones, "stopped");
    expect(await askHost(world.host.hostSocket, { do: "wait", name: jones, seconds: 10 })).toMatchObject({
      state: "stopped",
    });
    await send(smith, "for later");
    await pause(2_500);
    expect(await state(smith)).toBe("running");
    await writeManifest(world.host.homesFolder, jones, "running");
    await askHost(world.host.hostSocket, { do: "wait", name: jones, seconds: 10 });
    // A word from over there tells Smith's home that it is worth trying again.
    await send(jones, "here I am");
    await expect.poll(() => read(jones), { timeout: 15_000, interval: 300 }).toContain("for later");
    await asleep(smith);
  }, 40_000);
});
