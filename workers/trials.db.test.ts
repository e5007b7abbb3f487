import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { localSite } from "@/lib/caddy/local-site.ts";
import { systemClock } from "@/lib/clock.ts";
import { describeAsks } from "@/lib/households/asks/describe-asks.ts";
import { syncAsks } from "@/lib/households/asks/sync-asks.ts";
import { changeRules } from "@/lib/households/rules/change-rules.ts";
import { describeRules } from "@/lib/households/rules/describe-rules.ts";
import { askForTrial } from "@/lib/households/trials/ask-for-trial.ts";
import { invitations } from "@/lib/households/trials/attempts.ts";
import { describeTrial } from "@/lib/households/trials/describe-trial.ts";
import { runTrial } from "@/lib/households/trials/run-trial.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { makeSigningKey, openSeal, readSigningKey, seal } from "@/lib/synapse/escrow-crypto.ts";
import { homeAsks } from "@/lib/synapse/home-asks.ts";
import { homeSecrets } from "@/lib/synapse/home-secrets.ts";
import { synapseStranger } from "@/lib/synapse/stranger.ts";
import { testMasterKey } from "@/lib/synapse/test-host.ts";
import { accepted, callHome } from "@/lib/synapse/unix-http.ts";
import { homeWitness } from "@/lib/synapse/witness.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { keepStrangerHome } from "@/lib/tenants/keep-stranger-home.ts";
import { keyEscrow } from "@/lib/tenants/key-escrow.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { discoveryOf } from "@/lib/tenants/render-site.ts";
import { dbWorld, freshName } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { edgeAddress, startTestFamilies, type TestFamilies } from "./edge/test-families.ts";

/** A day that stands still, and seconds that pass: real homes are waited for. */
const fixed = dbWorld();
const world = { ...fixed, clock: { now: () => systemClock.now(), sleep: systemClock.sleep } };
const { db, ids } = world;
const strangersHome = freshName();
let families: TestFamilies;

// Two homes with an edge between them: seconds, and on a busy machine many.
vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  families = await startTestFamilies([]);
  families.dns.names.set(strangersHome, [edgeAddress]);
}, 90_000);
afterAll(async () => {
  await families.clean();
  await db.$disconnect();
}, 60_000);

const discovery = (name: string) =>
  discoveryOf(name, { webUrl: "https://nameplate.test", supportEmail: "help@nameplate.test" });

function tools() {
  const { host, accounts, edge } = families;
  const escrow = keyEscrow(world, {
    makeSigningKey: () => makeSigningKey(ids),
    readSigningKey,
    seal: (name, plain) => seal(testMasterKey, name, plain, ids),
    open: (name, sealed) => openSeal(testMasterKey, name, sealed),
    homeSecrets: (name) => homeSecrets(testMasterKey, name, ""),
  });
  const hands = { homes: host.homes, escrow, siteHome: localSite(edge.wwwFolder) };
  const keepHome = () => keepStrangerHome(hands, strangersHome, discovery(strangersHome));
  const stranger = synapseStranger({
    ...{ home: strangersHome, socketFolder: host.socketFolder, accounts, ids, keepHome },
  });
  return { ...world, stranger, witness: homeWitness(accounts) };
}

/** Mia's home, which runs with her rules and can be found; she has an app with keys. */
async function family(ageBand: string) {
  const { host, accounts, edge, dns } = families;
  const mias = { key: "k2", given: "Mia", part: "mia", kind: "child", ageBand };
  const { order } = await makeOrder(world, { state: "paid", people: [mias] });
  const name = order.name ?? "";
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: world.clock.now() } });
  const who = { userId: ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...who, role: "owner", since: world.clock.now() } });
  dns.names.set(name, [edgeAddress]);
  await localSite(edge.wwwFolder).publish(name, discovery(name));
  const key = makeSigningKey(ids);
  const tell = async () => {
    const household = (await readTenant(world, tenantId))?.tenant.household ?? null;
    await host.homes.ensureRunning(name, { secrets: homeSecrets(testMasterKey, name, key.file), household }, 30);
  };
  await tell();
  await openApp(name, "mia");
  const child = async () => (await describeRules(world, who))[0] ?? expect.fail("no child");
  const { personId } = await child();
  return {
    ...{ name, tenantId, personId, who, tell, accounts },
    async decide(rules: Partial<ChildRules>) {
      const before = await child();
      await changeRules(world, who, { ...before, rules: { ...before.rules, ...rules } });
    },
    async tried(meanwhile?: () => Promise<void>) {
      await askForTrial(world, who, personId);
      const { id } = await db.trial.findFirstOrThrow({ where: { personId }, orderBy: { askedAt: "desc" } });
      const { witness, ...others } = tools();
      // Before the home forgets: the moment at which all that a stranger leaves is there.
      const forget: typeof witness.forget = async (...about) => {
        await meanwhile?.();
        await witness.forget(...about);
      };
      await runTrial({ ...others, witness: { ...witness, forget } }, id);
      return describeTrial(world, who, personId);
    },
  };
}

/** A child's app on its first day: it leaves keys, one of which a friend takes to begin a sealed chat. */
async function openApp(name: string, part: string): Promise<void> {
  const [id, token] = [`@${part}:${name}`, await families.signIn(name, part)];
  const socket = join(families.host.socketFolder, `${name}.sock`);
  const whoami = { method: "GET", path: "/_matrix/client/v3/account/whoami", what: "who am I", token } as const;
  const own = String(accepted(whoami, await callHome(socket, whoami))["device_id"]);
  const signatures = { [id]: { [`ed25519:${own}`]: "C".repeat(86) } };
  const keys = { [`curve25519:${own}`]: "A".repeat(43), [`ed25519:${own}`]: "B".repeat(43) };
  const device_keys = { user_id: id, device_id: own, algorithms: ["m.olm.v1.curve25519-aes-sha2"], keys, signatures };
  const one_time_keys = { "signed_curve25519:AAAA1": { key: "D".repeat(43), signatures } };
  const upload = { method: "POST", path: "/_matrix/client/v3/keys/upload", what: "upload keys" } as const;
  accepted(upload, await callHome(socket, { ...upload, token, body: { device_keys, one_time_keys } }));
}

test("A stranger at another home tries ten things on a child of nine, comes to nothing, and leaves nothing behind", async () => {
  const { name, tenantId, tried, who, personId, accounts } = await family("under-10");
  const asks = homeAsks(families.host.hostSocket, accounts, strangersHome);
  const heard: unknown[] = [];
  const meanwhile = async () => {
    heard.push(...((await homeAsks(families.host.hostSocket, accounts).list(name, "wake")) ?? []));
    await syncAsks({ ...world, asks }, tenantId);
  };
  expect(await tried(meanwhile)).toMatchObject({
    state: "done",
    tried: 10,
    results: [
      ...invitations.map((attempt) => ({ attempt, outcome: "held", seen: "asked" })),
      ...(["profile", "devices", "key"] as const).map((attempt) => ({ attempt, outcome: "held", seen: "nothing" })),
      { attempt: "unseen", outcome: "held", seen: "keptOut" },
      ...(["search", "exists"] as const).map((attempt) => ({ attempt, outcome: "held", seen: "nothing" })),
    ],
  });
  // The home has its questions as of any stranger, and no parent ever hears of one.
  expect(heard.length).toBeGreaterThan(3);
  expect(await describeAsks(world, who)).toEqual([]);
  expect(await db.mail.count({ where: { kind: "ask", values: { path: ["askId"], string_contains: personId } } })).toBe(
    0,
  );
  expect(await homeAsks(families.host.hostSocket, accounts).list(name, "wake")).toEqual([]);
  expect(await db.trial.findFirst({ where: { personId } })).toMatchObject({ stranger: null, nextTryAt: null });
  const users = await accounts.administer(strangersHome, {
    ...{ method: "GET", path: "/_synapse/admin/v2/users?deactivated=false&guests=false", what: "list accounts" },
  });
  expect(JSON.stringify(users.body)).not.toContain("trial-");
});

test("Where the child decides it is told as what the rules allow, and the search finds nobody all the same", async () => {
  const { tried } = await family("16-17");
  const { state, results } = await tried();
  expect(state).toBe("done");
  expect(Object.fromEntries(results.map(({ attempt, outcome, seen }) => [attempt, [outcome, seen]]))).toEqual({
    ...{ direct: ["allowed", "shown"], group: ["allowed", "shown"] },
    ...{ open: ["allowed", "shown"], space: ["allowed", "shown"] },
    ...{ profile: ["allowed", "learned"], devices: ["allowed", "learned"], key: ["allowed", "learned"] },
    ...{ unseen: ["allowed", "passed"], search: ["held", "nothing"], exists: ["allowed", "learned"] },
  });
});

test("A home that has not heard the latest rules is not tried by them", async () => {
  const { decide, tell, tried, who, personId } = await family("16-17");
  await decide({ stranger: "ask", rooms: { join: "contacts", create: true, publish: false } });
  expect(await tried()).toMatchObject({ state: "running", results: [] });
  await tell();
  const { id } = await db.trial.findFirstOrThrow({ where: { personId } });
  // The home looks every two seconds.
  await vi.waitFor(
    async () => {
      await db.trial.updateMany({ where: { id }, data: { nextTryAt: world.clock.now() } });
      await runTrial(tools(), id);
      expect((await describeTrial(world, who, personId)).state).toBe("done");
    },
    { timeout: 20_000, interval: 500 },
  );
});
