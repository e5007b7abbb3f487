import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localSite } from "@/lib/caddy/local-site.ts";
import { outsideView } from "@/lib/caddy/outside-view.ts";
import { systemClock } from "@/lib/clock.ts";
import type { Rest, Step, Tenant } from "@/lib/provisioning/step.ts";
import { homeserver } from "@/lib/provisioning/steps/homeserver.ts";
import { owner } from "@/lib/provisioning/steps/owner.ts";
import { seenFromOutside } from "@/lib/provisioning/steps/seen-from-outside.ts";
import { site } from "@/lib/provisioning/steps/site.ts";
import { smith as smiths } from "@/lib/provisioning/testing/small-world.ts";
import { writeManifest } from "@/lib/synapse/home-folder.ts";
import { homeSecrets } from "@/lib/synapse/home-secrets.ts";
import { askHost } from "@/lib/synapse/host-line.ts";
import { testMasterKey } from "@/lib/synapse/test-host.ts";
import { renderSite } from "@/lib/tenants/render-site.ts";
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

/** The steps of one home with their real hands. */
async function stepsOf(name: string): Promise<readonly Step[]> {
  const { homes } = world.host;
  const [served, key] = [await homes.servedKey(name), await homes.handedKey(name)];
  if (!served || !key) throw new Error("Its key is not known");
  const unused = () => Promise.reject(new Error("A key is locked away already"));
  const escrow = {
    ...{ find: async () => served, create: unused, adopt: unused },
    secretsFor: async () => homeSecrets(testMasterKey, name, key),
  };
  const look = { css: "", webUrl: "https://n.test", supportEmail: "help@n.test", sandbox: false };
  const view = outsideView(
    { dnsServer: world.dns.address, port: world.edge.httpsPort, caFile: world.edge.caFile },
    systemClock,
  );
  return [
    site(localSite(world.edge.wwwFolder), renderSite(look)),
    homeserver(homes, escrow),
    owner(world.accounts, homes),
    seenFromOutside(view, [edgeAddress], homes),
  ];
}

/** Does what each step wants, in turn, and says how it finds itself then. */
async function bring(steps: readonly Step[], tenant: Tenant): Promise<readonly string[]> {
  const found: string[] = [];
  const known: Record<string, object> = { "seen-from-outside": { checks: 1 } };
  for (const step of steps) {
    const before = await step.inspect(tenant, "present", known);
    if (before.state === "changes") for (const change of before.changes) await change.run();
    const after = await step.inspect(tenant, "present", known);
    if (after.state === "settled") known[step.name] = after.facts;
    found.push(after.state === "waiting" ? after.reason.detail : after.state);
  }
  return found;
}

describe("a family that rests", () => {
  const rests: Rest = { because: "unpaid", since: new Date("2026-12-24T00:00:00Z") };
  const tenant = { ...smiths, people: smiths.people.filter(({ part }) => part === "anna") };
  const login = (name: string) => world.edge.https(name, "/_matrix/client/v3/login");

  it("is answered for by the edge, is settled without its home, and is back with everything it had", async () => {
    await as(smith, "GET", "/_matrix/client/v3/account/whoami");
    const steps = await stepsOf(smith);
    expect(await bring(steps, { ...tenant, rests })).toEqual(Array(4).fill("settled"));
    expect(await state(smith)).toBe("stopped");
    const answer = await login(smith);
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "60"]);
    expect((await world.edge.https(smith, "/anna")).body).toContain("smith.family is resting.");
    expect((await login(jones)).status).toBe(200);
    await send(jones, "while you rested");
    expect(await bring(steps, tenant)).toEqual(Array(4).fill("settled"));
    expect((await login(smith)).status).toBe(200);
    expect(await as(smith, "GET", "/_matrix/client/v3/account/whoami")).toMatchObject({ user_id: `@anna:${smith}` });
    // Nothing is lost: what was written meanwhile comes as soon as the other one tries again.
    await send(jones, "are you back");
    await expect.poll(() => read(smith), { timeout: 15_000, interval: 300 }).toContain("while you rested");
  }, 60_000);
});
