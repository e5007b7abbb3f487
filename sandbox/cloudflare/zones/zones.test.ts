import { join } from "node:path";
import Cloudflare from "cloudflare";
import type { RecordCreateParams } from "cloudflare/resources/dns/records";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findings, noDescriptions } from "@/sandbox/shared/conformance.ts";
import { anna, keys, Running } from "../testing.ts";

const running = new Running();
let client: Cloudflare;
beforeAll(async () => {
  await running.start();
  client = new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
});
afterAll(() => running.stop());

const refusal = (code: number, status = 400) => ({ status, errors: [expect.objectContaining({ code })] });
const createZone = (name: string) => client.zones.create({ account: { id: keys.account }, name });

describe("zones", () => {
  test("of a name held elsewhere begin pending, with the name servers to move to", async () => {
    await running.control("PUT", "/names/brought.family", { state: "taken" });
    const zone = await createZone("brought.family");
    expect(zone).toMatchObject({ name: "brought.family", status: "pending", activated_on: null, type: "full" });
    expect(await client.zones.get({ zone_id: zone.id })).toEqual(zone);
    await expect(createZone("Brought.Family")).rejects.toMatchObject(refusal(1061));
  });

  test("of a name that nobody holds are refused", async () => {
    await expect(createZone("nobody.family")).rejects.toMatchObject(refusal(1049));
    await expect(createZone("not a name")).rejects.toMatchObject(refusal(1097));
  });

  test("become active when their name is registered here", async () => {
    await running.control("PUT", "/names/moving.family", { state: "taken" });
    const { id } = await createZone("moving.family");
    await running.control("PUT", "/names/moving.family", { state: "available" });
    await client.registrar.registrations.create({
      account_id: keys.account,
      domain_name: "moving.family",
      contacts: { registrant: anna },
    });
    expect(await client.zones.get({ zone_id: id })).toMatchObject({
      status: "active",
      activated_on: expect.any(String),
    });
  });

  test("are found by name and by state, page by page", async () => {
    for (const name of ["list-a.example", "list-b.example", "list-c.example"]) await createZone(name);
    const found: string[] = [];
    for await (const { name } of client.zones.list({ name: "contains:list-", per_page: 2 })) found.push(name);
    expect(found).toEqual(["list-a.example", "list-b.example", "list-c.example"]);
    expect((await client.zones.list({ name: "list-b.example" })).result).toHaveLength(1);
    expect((await client.zones.list({ name: "list-b.example", status: "active" })).result).toHaveLength(0);
  });

  test("can be deleted, with what is in them", async () => {
    const { id } = await createZone("gone.example");
    await client.dns.records.create({ zone_id: id, type: "A", name: "@", ttl: 1, content: "192.0.2.1" });
    expect(await client.zones.delete({ zone_id: id })).toEqual({ id });
    await expect(client.zones.get({ zone_id: id })).rejects.toMatchObject(refusal(1001, 404));
    const again = await createZone("gone.example");
    expect((await client.dns.records.list({ zone_id: again.id })).result).toEqual([]);
  });

  test("with a malformed id lead nowhere", async () => {
    await expect(client.zones.get({ zone_id: "nonsense" })).rejects.toMatchObject({
      status: 404,
      errors: [{ code: 7003 }, { code: 7000 }],
    });
  });
});

describe("records", () => {
  let zone_id: string;
  let zone: string;
  let count = 0;
  beforeEach(async () => {
    zone = `zone-${++count}.example`;
    zone_id = (await createZone(zone)).id;
  });
  type Wanted = Omit<RecordCreateParams.ARecord, "zone_id" | "type" | "ttl"> & {
    type: string;
    ttl?: number;
    data?: object;
    priority?: number;
  };
  const create = (record: Wanted) => client.dns.records.create({ zone_id, ttl: 1, ...record } as RecordCreateParams);
  const contents = async () =>
    (await client.dns.records.list({ zone_id })).result.map(({ type, content }) => `${type} ${content}`);

  test.each<[Wanted, { name?: string } & Record<string, unknown>]>([
    [
      { type: "A", name: "WWW", content: "192.0.2.1" },
      { name: "www.ZONE", content: "192.0.2.1", proxiable: true, proxied: false, ttl: 1 },
    ],
    [
      { type: "AAAA", name: "@", content: "2001:DB8:0:0::1" },
      { name: "ZONE", content: "2001:db8::1" },
    ],
    [
      { type: "CNAME", name: "chat", content: "Other.Example." },
      { name: "chat.ZONE", content: "other.example" },
    ],
    [
      { type: "TXT", name: "@", content: "v=spf1 -all" },
      { content: '"v=spf1 -all"', proxiable: false },
    ],
    [{ type: "TXT", name: "@", content: '"two" "parts"' }, { content: '"two" "parts"' }],
    [
      { type: "MX", name: "@", content: "Mail.example.", priority: 10 },
      { content: "mail.example", priority: 10 },
    ],
    [
      { type: "CAA", name: "@", data: { flags: 0, tag: "issue", value: "letsencrypt.org" } },
      { content: '0 issue "letsencrypt.org"' },
    ],
    [
      { type: "SRV", name: "_matrix-fed._tcp", data: { priority: 1, weight: 2, port: 8448, target: "matrix.example" } },
      { name: "_matrix-fed._tcp.ZONE", content: "1 2 8448 matrix.example" },
    ],
    [
      { type: "A", name: "fast", content: "192.0.2.1", ttl: 120, proxied: true },
      { ttl: 1, proxied: true },
    ],
  ])("are stored in their normal form: %j", async (given, { name, ...kept }) => {
    const record = await create(given);
    expect(record).toMatchObject({ ...kept, ...(name && { name: name.replace("ZONE", zone) }) });
    expect(await client.dns.records.get(record.id, { zone_id })).toEqual(record);
  });

  test("of a long text are split into strings that the DNS can carry", async () => {
    const { content } = await create({ type: "TXT", name: "@", content: "é".repeat(200) });
    expect(content).toBe(`"${"é".repeat(127)}" "${"é".repeat(73)}"`);
  });

  test("keep the comment and the tags by which their owner knows them", async () => {
    const { id } = await create({
      type: "A",
      name: "@",
      content: "192.0.2.1",
      comment: "ours: 1",
      tags: ["made:by-us"],
    });
    await create({ type: "A", name: "@", content: "192.0.2.2" });
    const list = async (filter: object) =>
      (await client.dns.records.list({ zone_id, ...filter })).result.map((record) => record.id);
    expect(await list({ comment: { startswith: "OURS" } })).toEqual([id]);
    expect(await list({ comment: { present: "true" } })).toEqual([id]);
    expect(await list({ tag: { exact: "made:by-us" } })).toEqual([id]);
    expect(await list({ name: { exact: zone }, type: "A", content: { contains: "192.0.2." } })).toHaveLength(2);
    expect(await list({ match: "any", content: { exact: "192.0.2.1" }, comment: { absent: "true" } })).toHaveLength(2);
    expect(await list({ content: { endswith: ".3" } })).toEqual([]);
    await client.dns.records.edit(id, { zone_id, name: "@", type: "A", ttl: 60, content: "192.0.2.9" });
    expect(await client.dns.records.get(id, { zone_id })).toMatchObject({
      comment: "ours: 1",
      tags: ["made:by-us"],
      ttl: 60,
      content: "192.0.2.9",
    });
    await client.dns.records.update(id, { zone_id, name: "@", type: "A", ttl: 60, content: "192.0.2.9" });
    expect(await client.dns.records.get(id, { zone_id })).not.toHaveProperty("comment");
  });

  test.each([
    [{ type: "A", name: "@", content: "2001:db8::1" }, 9005],
    [{ type: "AAAA", name: "@", content: "192.0.2.1" }, 9006],
    [{ type: "CNAME", name: "x", content: "no host" }, 9007],
    [{ type: "TXT", name: "@", content: "x", proxied: true }, 9041],
    [{ type: "A", name: "@", content: "192.0.2.1", ttl: 5 }, 9021],
    [{ type: "A", name: "not a name", content: "192.0.2.1" }, 9000],
    [{ type: "SRV", name: "_x._tcp", data: { priority: 1, weight: 2, port: 99_999, target: "x.example" } }, 1004],
    [{ type: "CAA", name: "@", data: { flags: 0, tag: "issue" } }, 1004],
    [{ type: "MX", name: "@", content: "mail.example" }, 1004],
  ])("that cannot be are refused: %j with %i", async (record, code) => {
    await expect(create(record)).rejects.toMatchObject(refusal(code));
    expect(await contents()).toEqual([]);
  });

  test("that are there already are refused, as are aliases beside addresses", async () => {
    const { id } = await create({ type: "A", name: "x", content: "192.0.2.1" });
    const other = await create({ type: "A", name: "x", content: "192.0.2.2" });
    await create({ type: "CNAME", name: "alias", content: "other.example" });
    const twice = client.dns.records.edit(other.id, { zone_id, name: "x", type: "A", ttl: 1, content: "192.0.2.1" });
    await expect(twice).rejects.toMatchObject(refusal(81_057));
    await expect(create({ type: "A", name: "X", content: "192.0.2.1" })).rejects.toMatchObject(refusal(81_058));
    await expect(create({ type: "CNAME", name: "x", content: "other.example" })).rejects.toMatchObject(refusal(81_053));
    await expect(create({ type: "A", name: "alias", content: "192.0.2.1" })).rejects.toMatchObject(refusal(81_054));
    await expect(create({ type: "NS", name: "x", content: "ns.example" })).rejects.toMatchObject(refusal(81_056));
    expect(await client.dns.records.delete(id, { zone_id })).toEqual({ id });
    await expect(client.dns.records.delete(id, { zone_id })).rejects.toMatchObject(refusal(81_044, 404));
  });

  test("change in a batch all together, deletes first, or not at all", async () => {
    const old = await create({ type: "CNAME", name: "x", content: "old.example" });
    const kept = await create({ type: "A", name: "y", content: "192.0.2.1" });
    const bad = client.dns.records.batch({
      zone_id,
      deletes: [{ id: old.id }],
      posts: [{ type: "A", name: "x", ttl: 1, content: "nonsense" }],
    });
    await expect(bad).rejects.toMatchObject(refusal(9005));
    expect(await contents()).toEqual(["CNAME old.example", "A 192.0.2.1"]);
    const before = await running.count("records.changed");
    const done = await client.dns.records.batch({
      zone_id,
      posts: [{ type: "A", name: "x", ttl: 1, content: "192.0.2.5" }],
      patches: [{ id: kept.id, name: "y", type: "A", ttl: 1, comment: "ours" }],
      deletes: [{ id: old.id }],
    });
    expect([done.deletes?.[0]?.id, done.patches?.[0]?.comment, done.posts?.[0]?.content]).toEqual([
      old.id,
      "ours",
      "192.0.2.5",
    ]);
    expect(await contents()).toEqual(["A 192.0.2.5", "A 192.0.2.1"]);
    expect((await running.count("records.changed")) - before).toBe(1);
  });

  test("are remembered over a restart", async () => {
    await create({ type: "A", name: "@", content: "192.0.2.1", comment: "ours" });
    const before = (await client.dns.records.list({ zone_id })).result;
    await running.restart();
    client = new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
    expect((await client.dns.records.list({ zone_id })).result).toEqual(before);
  });
});

test("all this traffic is as the vendor's API description has it", async ({ skip }) => {
  const found = await findings(join(running.record, "cloudflare.jsonl"));
  if (found === noDescriptions) return skip(noDescriptions);
  expect(found).toEqual([]);
});
