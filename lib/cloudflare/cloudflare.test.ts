import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { Registrant } from "@/lib/provisioning/step.ts";
import { keys, Running } from "@/sandbox/cloudflare/testing.ts";
import type { FaultKind } from "@/sandbox/shared/faults.ts";
import { openCloudflare } from "./client.ts";
import { cloudflareDns } from "./dns-host.ts";
import { cloudflareNameSearch } from "./name-search.ts";
import { cloudflareRegistrar } from "./registrar.ts";

const running = new Running();
beforeAll(async () => void (await running.start()));
afterAll(() => running.stop());

const anna: Registrant = {
  fullName: "Anna Smith",
  email: "anna@example.org",
  phone: "+442079460000",
  street: "1 Green Lane",
  city: "Bath",
  state: "Somerset",
  postalCode: "BA1 1AA",
  country: "GB",
  extra: {},
};

/** The adapters as the workers and the web build them, at an address. */
function adapters(url = running.url) {
  const account = openCloudflare({ token: keys.token, accountId: keys.account, url });
  const looking = openCloudflare({ token: keys.searchToken, accountId: keys.account, url });
  return {
    registrar: cloudflareRegistrar(account),
    dns: cloudflareDns(account),
    search: cloudflareNameSearch(looking),
  };
}

type Adapters = ReturnType<typeof adapters>;

let made = 0;
/** A name that no other test knows. */
const fresh = (): string => `adapter-${++made}.family`;

/** A name bought already, with the zone that came with it. */
async function bought(at: Running = running): Promise<{ name: string; zoneId: string }> {
  const { registrar, dns } = adapters(at.url);
  const name = fresh();
  await registrar.register(name, anna);
  const zone = await dns.findZone(name);
  if (!zone) throw new Error(`${name} came without a zone`);
  return { name, zoneId: zone.id };
}

const line = (name: string) => ({ type: "A", name, content: "192.0.2.1" }) as const;
const plan = (at: Running, call: string, kind: FaultKind, times: number): Promise<Response> =>
  at.control("POST", "/faults", { call, kind, times });
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "it went well",
    (error: unknown) => error,
  );
const posts = async (name: string): Promise<number> => {
  const all = (await (await running.control("GET", "/ledger?kind=registrations.create.received")).json()) as {
    name: string;
  }[];
  return all.filter((one) => one.name === name).length;
};

describe("The registrar", () => {
  test("tells what a name that is sold renews for, as it is today", async () => {
    const at = new Running();
    await at.start();
    const { name } = await bought(at);
    const { registrar } = adapters(at.url);
    expect(await registrar.check(name)).toEqual({ kind: "taken" });
    expect(await registrar.renewalPrice(name)).toMatchObject({ currency: "USD", renewal: "17.80" });
    await at.control("PUT", "/extensions/family", { price: { registration: "9.00", renewal: "21.40" } });
    expect(await registrar.renewalPrice(name)).toMatchObject({ currency: "USD", renewal: "21.40" });
    await at.stop();
  });

  test("knows no registration of a name that nobody bought, and no workflow", async () => {
    const { registrar } = adapters();
    expect(await registrar.find(fresh())).toBeUndefined();
    expect(await registrar.workflow(fresh())).toBeUndefined();
  });

  test("lists every name of the account, over more pages than one", async () => {
    const { registrar } = adapters();
    const before = await registrar.listNames();
    const names: string[] = [];
    for (let n = 0; n < 51; n++) names.push((await bought()).name);
    const all = await registrar.listNames();
    expect(all.filter((name) => !before.includes(name)).sort()).toEqual(names.sort());
    expect(new Set(all).size).toBe(all.length);
  });

  test("tells a price for a name that is left, and why another cannot be had", async () => {
    const { registrar } = adapters();
    const name = fresh();
    expect(await registrar.check(name)).toEqual({
      kind: "available",
      price: { currency: "USD", registration: "17.80", renewal: "17.80" },
    });

    await running.control("PUT", `/names/${name}`, { state: "taken" });
    expect(await registrar.check(name)).toEqual({ kind: "taken" });
    expect(await registrar.check("baker.family")).toEqual({ kind: "premium" });
    expect(await registrar.check("smith.lol")).toEqual({ kind: "unsupported" });
    expect(await registrar.check("not a name.family")).toEqual({ kind: "unsupported" });
  });

  test("buys for the customer, for one year, to be renewed by itself, and reads that back", async () => {
    const { registrar } = adapters();
    const name = fresh();
    await registrar.register(name, anna);
    expect(await registrar.find(name)).toEqual({
      status: "active",
      autoRenew: true,
      registeredAt: "2026-11-24T12:00:00.000Z",
      expiresAt: "2027-11-24T12:00:00.000Z",
    });
    expect(await registrar.workflow(name)).toEqual({ state: "succeeded" });
    const entries = (await (await running.control("GET", "/ledger?kind=registered")).json()) as {
      order: { name: string };
    }[];
    expect(entries.filter(({ order }) => order.name === name)).toMatchObject([
      {
        order: {
          years: 1,
          autoRenew: true,
          privacyMode: "redaction",
          registrant: {
            email: "anna@example.org",
            phone: "+44.2079460000",
            postal_info: {
              name: "Anna Smith",
              address: {
                street: "1 Green Lane",
                city: "Bath",
                state: "Somerset",
                postal_code: "BA1 1AA",
                country_code: "GB",
              },
            },
          },
        },
      },
    ]);
  });

  test("answers what one ending asks beyond the contact", async () => {
    const { registrar } = adapters();
    const name = `adapter-${++made}.uk`;
    const failure = await caught(registrar.register(name, anna));
    expect(failure).toBeInstanceOf(Refused);
    const schema = (await adapters().search.registrationSchema("uk")) as {
      properties: { contact_extensions: { properties: Record<string, { enum?: string[] }>; required: string[] } };
    };
    const { properties, required } = schema.properties.contact_extensions;
    const extra = Object.fromEntries(required.map((key) => [key, properties[key]?.enum?.[0] ?? "x"]));
    await registrar.register(name, { ...anna, extra });
    expect(await registrar.find(name)).toMatchObject({ status: "active" });
  });

  test("turns the renewal off and on", async () => {
    const { registrar } = adapters();
    const { name } = await bought();
    await registrar.setAutoRenew(name, false);
    expect(await registrar.find(name)).toMatchObject({ autoRenew: false });
    await registrar.setAutoRenew(name, true);
    expect(await registrar.find(name)).toMatchObject({ autoRenew: true });
  });

  test.each([
    ["pending", undefined, { state: "running" }],
    ["action_required", undefined, { state: "action-required", sentTo: "anna@example.org" }],
    ["blocked", "The registry is closed today.", { state: "blocked", words: "The registry is closed today." }],
    ["failed", "The postcode is not one.", { state: "failed", words: "The postcode is not one." }],
  ] as const)("tells a registration that is %s", async (outcome, words, told) => {
    const { registrar } = adapters();
    const name = fresh();
    await running.control("PUT", "/registrations/next", { outcome, name, ...(words ? { words } : {}) });
    await registrar.register(name, anna);
    expect(await registrar.workflow(name)).toMatchObject(told);
    expect((await registrar.find(name))?.status).not.toBe("active");
  });
});

describe("The DNS host", () => {
  test("finds the zone that came with a name, active and with its name servers, and none for another", async () => {
    const { dns } = adapters();
    const { name } = await bought();
    const zone = await dns.findZone(name);
    expect(zone).toMatchObject({ active: true });
    expect(zone?.nameServers).toHaveLength(2);
    expect(await dns.findZone(fresh())).toBeUndefined();
  });

  test("makes a zone for a name that is registered elsewhere, which waits, and removes it", async () => {
    const { dns } = adapters();
    const name = fresh();
    await running.control("PUT", `/names/${name}`, { state: "taken" });
    await dns.createZone(name);
    const zone = await dns.findZone(name);
    expect(zone).toMatchObject({ active: false });
    await dns.deleteZone(zone?.id ?? "");
    expect(await dns.findZone(name)).toBeUndefined();
  });

  test("writes lines that it knows again as ours, beside lines of the customer's, and removes one", async () => {
    const { dns } = adapters();
    const { name, zoneId } = await bought();
    const { client } = openCloudflare({ token: keys.token, accountId: keys.account, url: running.url });
    await client.dns.records.create({ zone_id: zoneId, type: "TXT", name, content: '"v=spf1 -all"', ttl: 300 });
    const ours = [
      line(name),
      { type: "AAAA", name: `www.${name}`, content: "2001:db8::1" },
      { type: "CAA", name, content: '0 issue "letsencrypt.org"' },
    ];
    for (const one of ours) await dns.createRecord(zoneId, one);
    const read = await dns.records(zoneId);
    for (const one of ours) expect(read).toContainEqual({ ...one, id: expect.any(String), ours: true });
    expect(read.filter((one) => !one.ours)).toMatchObject([{ type: "TXT" }]);
    const first = read.find((one) => one.type === "A");
    await dns.deleteRecord(zoneId, first?.id ?? "");
    expect((await dns.records(zoneId)).map(({ type }) => type).sort()).toEqual(["AAAA", "CAA", "TXT"]);
  });

  test("reads a zone of many pages whole", async () => {
    const { dns } = adapters();
    const { name, zoneId } = await bought();
    const { client } = openCloudflare({ token: keys.token, accountId: keys.account, url: running.url });
    // 100 lines are one page.
    const posts = Array.from({ length: 101 }, (_, n) => ({
      type: "A" as const,
      name: `h${n}.${name}`,
      content: "192.0.2.1",
      ttl: 300,
    }));
    await client.dns.records.batch({ zone_id: zoneId, posts });
    expect(await dns.records(zoneId)).toHaveLength(101);
  });
});

describe("The search of names", () => {
  test("checks many at once, and leaves malformed ones out", async () => {
    const { search } = adapters();
    const name = fresh();
    expect(await search.check([name, "baker.family", "google.com", "-x-.family"])).toEqual([
      { name, kind: "available", price: { currency: "USD", registration: "17.80", renewal: "17.80" } },
      { name: "baker.family", kind: "premium" },
      { name: "google.com", kind: "taken" },
    ]);
  });

  test("reads what an ending asks for", async () => {
    expect(await adapters().search.registrationSchema("family")).toMatchObject({ type: "object" });
  });

  test("can do nothing else: its token may not buy", async () => {
    const looking = openCloudflare({ token: keys.searchToken, accountId: keys.account, url: running.url });
    const name = fresh();
    expect(await caught(cloudflareRegistrar(looking).register(name, anna))).toBeInstanceOf(Refused);
    expect(
      await cloudflareRegistrar(openCloudflare({ token: keys.token, accountId: keys.account, url: running.url })).find(
        name,
      ),
    ).toBeUndefined();
  });
});

/** One method of an adapter: made ready against a stand-in of its own, then asked. */
interface Method {
  /** The vendor's name for the call, by which faults are planned. */
  readonly call: string;
  /** A look may be asked again by the SDK; a write never is. */
  readonly looks: boolean;
  prepare(at: Running): Promise<(through: Adapters) => Promise<unknown>>;
}
type OnBought = (through: Adapters, home: { name: string; zoneId: string }) => Promise<unknown>;
const write = (call: string, run: OnBought): Method => ({
  call,
  looks: false,
  prepare: async (at) => {
    const home = await bought(at);
    return (through) => run(through, home);
  },
});
const look = (call: string, run: OnBought): Method => ({ ...write(call, run), looks: true });

const methods: Record<string, Method> = {
  "registrar.find": look("registrations.get", ({ registrar }, { name }) => registrar.find(name)),
  "registrar.workflow": look("registrationStatus.get", ({ registrar }, { name }) => registrar.workflow(name)),
  "registrar.check": look("registrar.check", ({ registrar }, { name }) => registrar.check(name)),
  "registrar.register": write("registrations.create", ({ registrar }) => registrar.register(fresh(), anna)),
  "registrar.setAutoRenew": write("registrations.edit", ({ registrar }, { name }) =>
    registrar.setAutoRenew(name, false),
  ),
  "dns.findZone": look("zones.list", ({ dns }, { name }) => dns.findZone(name)),
  "dns.createZone": {
    call: "zones.create",
    looks: false,
    prepare: async (at) => {
      const name = fresh();
      // The vendor makes zones for names that somebody owns.
      await at.control("PUT", `/names/${name}`, { state: "taken" });
      return ({ dns }) => dns.createZone(name);
    },
  },
  "dns.deleteZone": write("zones.delete", ({ dns }, { zoneId }) => dns.deleteZone(zoneId)),
  "dns.records": look("dns.records.list", ({ dns }, { zoneId }) => dns.records(zoneId)),
  "dns.createRecord": write("dns.records.create", ({ dns }, { name, zoneId }) => dns.createRecord(zoneId, line(name))),
  "dns.deleteRecord": {
    call: "dns.records.delete",
    looks: false,
    prepare: async (at) => {
      const { name, zoneId } = await bought(at);
      const { dns } = adapters(at.url);
      await dns.createRecord(zoneId, line(name));
      const [record] = await dns.records(zoneId);
      return (through) => through.dns.deleteRecord(zoneId, record?.id ?? "");
    },
  },
  "search.check": look("registrar.check", ({ search }, { name }) => search.check([name])),
  "search.registrationSchema": look("extensions.get", ({ search }) => search.registrationSchema("family")),
};

/** What a caller is told: refused, or unreachable and what is known of the effect. */
function told(error: unknown): string {
  if (error instanceof Refused) return "refused";
  return error instanceof Unreachable ? `unreachable, effect ${error.effect}` : `not sorted: ${String(error)}`;
}

describe("Whatever goes wrong is told as one of two things", () => {
  test.concurrent.each(Object.entries(methods))(
    "by %s",
    async (_, { call, looks, prepare }) => {
      const at = await new Running().start();
      const answers: Record<string, string> = {};
      const kinds = [
        "refuse",
        "500-before",
        "500-after",
        "timeout-before",
        "timeout-after",
        "malformed",
        "429",
      ] as const;
      for (const kind of kinds) {
        const run = await prepare(at);
        // The SDK asks again once where it only looks.
        await plan(at, call, kind, looks ? 2 : 1);
        answers[kind] = told(await caught(run(adapters(at.url))));
        await at.control("DELETE", "/faults");
      }
      const run = await prepare(at);
      answers["nobody there"] = told(await caught(run(adapters(await nobodyThere()))));
      expect(answers).toEqual({
        refuse: "refused",
        "500-before": "unreachable, effect unknown",
        "500-after": "unreachable, effect unknown",
        "timeout-before": "unreachable, effect unknown",
        "timeout-after": "unreachable, effect unknown",
        malformed: "unreachable, effect unknown",
        "429": "unreachable, effect none",
        "nobody there": "unreachable, effect none",
      });
      await at.stop();
    },
    20_000,
  );

  test("with what staff need to see: vendor, call, answer, request and the vendor's words", async () => {
    await plan(running, "zones.list", "refuse", 1);
    expect(await caught(adapters().dns.findZone(fresh()))).toMatchObject({
      message: "The request was refused.",
      vendor: { vendor: "Cloudflare", call: "zones.list", status: 400, requestId: expect.stringContaining("-SBX") },
    });
  });
});

/** An address where nobody listens, by the name that leads to both kinds of address, as the sandbox's own does. */
async function nobodyThere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://localhost:${port}`;
}

describe("A registration is one POST", () => {
  test.each([
    "refuse",
    "500-before",
    "500-after",
    "timeout-before",
    "timeout-after",
    "malformed",
    "429",
    "slow",
  ] as const)("when the vendor answers %s", async (kind) => {
    const name = fresh();
    // More than once, so that a second POST would meet the fault as well.
    await plan(running, "registrations.create", kind, 3);
    await caught(adapters().registrar.register(name, anna));
    await running.control("DELETE", "/faults");
    expect(await posts(name)).toBe(1);
    const did = ["500-after", "timeout-after", "malformed", "slow"].includes(kind);
    expect((await adapters().registrar.find(name))?.status).toBe(did ? "active" : undefined);
  });
});
