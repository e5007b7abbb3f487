import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import Cloudflare from "cloudflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings, noDescriptions } from "@/sandbox/shared/conformance.ts";
import { anna, keys, Running } from "../testing.ts";

const account_id = keys.account;
const running = new Running();
let client: Cloudflare;
let lookup: Cloudflare;
beforeAll(async () => {
  await running.start();
  client = new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
  lookup = new Cloudflare({ apiToken: keys.searchToken, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
});
afterAll(() => running.stop());

const register = (domain_name: string, more: object = {}) =>
  client.registrar.registrations.create({ account_id, domain_name, contacts: { registrant: anna }, ...more });
const get = (name: string) => client.registrar.registrations.get(name, { account_id });
const status = (name: string) => client.registrar.registrationStatus.get(name, { account_id });
const check = async (...domains: string[]) => (await lookup.registrar.check({ account_id, domains })).domains;
const plan = (outcome: object) => running.control("PUT", "/registrations/next", outcome);

describe("checking names", () => {
  test("tells a price in decimal strings for a name that is left", async () => {
    expect(await check("smith.family", "anna-jones.me")).toEqual([
      {
        name: "smith.family",
        registrable: true,
        tier: "standard",
        pricing: { currency: "USD", registration_cost: "17.80", renewal_cost: "17.80" },
      },
      {
        name: "anna-jones.me",
        registrable: true,
        tier: "standard",
        pricing: { currency: "USD", registration_cost: "11.20", renewal_cost: "17.40" },
      },
    ]);
  });

  test.each([
    ["google.com", "domain_unavailable"],
    ["smith.uk", "domain_unavailable"],
    ["baker.family", "domain_premium"],
    ["ab.org", "domain_premium"],
    ["smith.lol", "extension_not_supported_via_api"],
    ["smith.example", "extension_not_supported"],
  ])("says why %s cannot be had: %s", async (name, reason) => {
    const [answer] = await check(name);
    expect(answer).toMatchObject({ name, registrable: false, reason });
    expect(answer).not.toHaveProperty("pricing");
  });

  test("leaves malformed names out of the answer, and gives others in Punycode", async () => {
    const names = (await check("smith", "-smith.family", "sm ith.family", "a..family", "Émilie.family")).map(
      ({ name }) => name,
    );
    expect(names).toEqual(["xn--milie-9ra.family"]);
  });

  test("refuses more than twenty names, and none", async () => {
    await expect(check(...Array.from({ length: 21 }, (_, n) => `name${n}.family`))).rejects.toMatchObject({
      status: 400,
    });
    await expect(check()).rejects.toMatchObject({ status: 400 });
  });

  test("follows what the control endpoint says of a name, price included", async () => {
    await running.control("PUT", "/names/told.family", { state: "taken" });
    expect((await check("told.family"))[0]).toMatchObject({ reason: "domain_unavailable" });
    await running.control("PUT", "/names/told.family", {
      state: "available",
      price: { registration: "30.00", renewal: "40.00" },
    });
    expect((await check("told.family"))[0]?.pricing).toEqual({
      currency: "USD",
      registration_cost: "30.00",
      renewal_cost: "40.00",
    });
    expect((await running.control("PUT", "/names/told.family", { state: "lost" })).status).toBe(400);
  });
});

describe("searching", () => {
  test("suggests names of the endings asked for, nearest first, at most as many as asked", async () => {
    const { domains } = await lookup.registrar.search({
      account_id,
      q: "Green Wood",
      extensions: ["family", "nonsense"],
      limit: 3,
    });
    expect(domains.map(({ name }) => name)).toEqual([
      "greenwood.family",
      "thegreenwood.family",
      "greenwoodfamily.family",
    ]);
  });

  test("takes a full name as well as a word", async () => {
    const { domains } = await lookup.registrar.search({ account_id, q: "smith.org" });
    expect(domains[0]).toMatchObject({ name: "smith.org", registrable: false });
    expect(domains.length).toBe(20);
  });

  test("refuses a bare ending", async () => {
    await expect(lookup.registrar.search({ account_id, q: ".family" })).rejects.toMatchObject({ status: 400 });
  });
});

describe("endings", () => {
  test("each describe themselves by a JSON Schema that compiles and says that it was made here", async () => {
    const names: string[] = [];
    for await (const { metadata, registration_schema } of lookup.registrar.extensions.list({
      account_id,
      per_page: 2,
    })) {
      names.push(metadata.name);
      expect(registration_schema).toMatchObject({ "x-made-for-sandbox": true });
      const validate = addFormats.default(new Ajv({ strict: false })).compile(registration_schema as object);
      const contact_extensions = metadata.name === "uk" ? { contact_extensions: { registrant_type: "IND" } } : {};
      expect(
        validate({ domain_name: `smith.${metadata.name}`, contacts: { registrant: anna }, ...contact_extensions }),
      ).toBe(true);
    }
    expect(names).toEqual(["com", "family", "me", "org", "uk"]);
  });

  test("are not sent again to somebody who has them", async () => {
    const first = await lookup.registrar.extensions.get("uk", { account_id }).asResponse();
    const etag = first.headers.get("etag") ?? "";
    const url = `${running.url}/client/v4/accounts/${account_id}/registrar/extensions/uk`;
    const headers = { authorization: `Bearer ${keys.searchToken}`, "if-none-match": etag };
    const again = await fetch(url, { headers });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("not sold here are not found", async () => {
    await expect(lookup.registrar.extensions.get("dev", { account_id })).rejects.toMatchObject({ status: 404 });
    await expect(lookup.registrar.extensions.get("constructor", { account_id })).rejects.toMatchObject({ status: 404 });
  });

  test("of .uk ask who the registrant is, and a company for its number", async () => {
    const uk = (contact_extensions: object) => register("greenwood.uk", { contact_extensions });
    await expect(register("greenwood.uk")).rejects.toMatchObject({ status: 400 });
    await expect(uk({ registrant_type: "KING" })).rejects.toMatchObject({ status: 400 });
    await expect(uk({ registrant_type: "LTD" })).rejects.toMatchObject({ status: 400 });
    expect((await uk({ registrant_type: "LTD", company_number: "01234567" })).state).toBe("succeeded");
  });
});

describe("registering", () => {
  test("is done at once, for a year, without renewing by itself, and makes an active zone", async () => {
    const workflow = await register("once.family");
    expect(workflow).toMatchObject({ completed: true, state: "succeeded", context: { domain_name: "once.family" } });
    const registration = await get("once.family");
    expect(workflow.context?.["registration"]).toEqual(registration);
    expect(registration).toMatchObject({
      status: "active",
      auto_renew: false,
      privacy_mode: "redaction",
      expires_at: "2027-11-24T12:00:00.000Z",
    });
    const { result } = await client.zones.list({ name: "once.family" });
    expect(result).toMatchObject([{ name: "once.family", status: "active" }]);
    expect(result[0]?.name_servers).toHaveLength(2);
    expect((await check("once.family"))[0]).toMatchObject({ reason: "domain_unavailable" });
  });

  test("answers 201, or 202 to somebody who would not wait", async () => {
    const params = (domain_name: string) => ({ account_id, domain_name, contacts: { registrant: anna } });
    const done = await client.registrar.registrations.create(params("sync.family")).asResponse();
    const async = await client.registrar.registrations
      .create({ ...params("async.family"), Prefer: "respond-async" })
      .asResponse();
    expect([done.status, async.status]).toEqual([201, 202]);
    expect(async.headers.get("preference-applied")).toBe("respond-async");
    expect((await status("async.family")).state).toBe("succeeded");
  });

  test("points at everything that is wrong with the registrant", async () => {
    const registrant = { ...anna, email: "nowhere", phone: "020 7946 0000" };
    const refused = register("wrong.family", { contacts: { registrant } });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      errors: [
        expect.objectContaining({ source: { pointer: "/contacts/registrant/email" } }),
        expect.objectContaining({ source: { pointer: "/contacts/registrant/phone" } }),
      ],
    });
    await expect(get("wrong.family")).rejects.toMatchObject({ status: 404 });
  });

  test("without a registrant is refused: there is no address book", async () => {
    const express = client.registrar.registrations.create({ account_id, domain_name: "express.family" });
    await expect(express).rejects.toMatchObject({ status: 400 });
  });

  test.each(["baker.family", "google.com", "smith.example"])("refuses %s, which cannot be had", async (name) => {
    await expect(register(name)).rejects.toMatchObject({ status: 400 });
  });

  test("a second time is refused, and costs nothing", async () => {
    await register("twice.family");
    await expect(register("twice.family")).rejects.toMatchObject({ status: 409 });
    const bought = (await (await running.control("GET", "/ledger?kind=registered")).json()) as {
      order: { name: string };
    }[];
    expect(bought.filter(({ order }) => order.name === "twice.family")).toHaveLength(1);
  });

  test("can take its time: under way, listed as pending, then done", async () => {
    await plan({ outcome: "succeeded", afterMs: 60_000 });
    expect(await register("later.family")).toMatchObject({ completed: false, state: "in_progress" });
    expect(await get("later.family")).toMatchObject({ status: "registration_pending", expires_at: null });
    await expect(register("later.family")).rejects.toMatchObject({ status: 409 });
    running.clock.pass(60_000);
    expect(await status("later.family")).toMatchObject({ completed: true, state: "succeeded" });
    expect((await get("later.family")).status).toBe("active");
  });

  test("goes on after a restart of the vendor", async () => {
    await plan({ outcome: "succeeded", afterMs: 60_000 });
    await register("restart.family");
    await running.restart();
    client = new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
    lookup = new Cloudflare({ apiToken: keys.searchToken, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
    expect((await status("restart.family")).state).toBe("in_progress");
    running.clock.pass(60_000);
    expect((await status("restart.family")).state).toBe("succeeded");
  });

  test("can wait for the registrant, who is then moved along", async () => {
    await plan({ outcome: "action_required", words: "Press the link in our mail.", name: "anna.family" });
    expect((await register("other.family")).state).toBe("succeeded");
    const workflow = await register("anna.family");
    expect(workflow).toMatchObject({
      completed: false,
      state: "action_required",
      context: { action: "Press the link in our mail.", confirmation_sent_to: anna.email },
    });
    expect((await running.control("POST", "/registrations/anna.family/advance", { state: "succeeded" })).status).toBe(
      200,
    );
    expect((await get("anna.family")).status).toBe("active");
    expect((await running.control("POST", "/registrations/anna.family/advance", { state: "failed" })).status).toBe(409);
  });

  test("can be held by the registry", async () => {
    await plan({ outcome: "blocked", words: "The registry is closed for the night." });
    expect(await register("blocked.family")).toMatchObject({
      completed: false,
      state: "blocked",
      context: { reason: "The registry is closed for the night." },
    });
  });

  test("can stay pending until somebody moves it", async () => {
    await plan({ outcome: "pending" });
    expect((await register("pending.family")).state).toBe("pending");
    running.clock.pass(86_400_000);
    expect((await status("pending.family")).state).toBe("pending");
  });

  test("can fail, and leaves the name free for another attempt", async () => {
    await plan({ outcome: "failed", words: "The registry said no." });
    expect(await register("failed.family")).toMatchObject({
      completed: true,
      state: "failed",
      error: { message: "The registry said no." },
    });
    await expect(get("failed.family")).rejects.toMatchObject({ status: 404 });
    expect((await register("failed.family")).state).toBe("succeeded");
  });

  test("of a name nobody asked for has no workflow", async () => {
    await expect(status("nobody.family")).rejects.toMatchObject({ status: 404 });
  });
});

describe("registrations", () => {
  test("are listed in pages, in the order in which they were made", async () => {
    for (const name of ["page-a.me", "page-b.me", "page-c.me"]) {
      running.clock.pass(1000);
      await register(name);
    }
    const names: string[] = [];
    for await (const { domain_name } of client.registrar.registrations.list({ account_id, per_page: 2 }))
      names.push(domain_name);
    expect(names.filter((name) => name.startsWith("page-"))).toEqual(["page-a.me", "page-b.me", "page-c.me"]);
    expect(new Set(names).size).toBe(names.length);
    const down = await client.registrar.registrations.list({
      account_id,
      sort_by: "name",
      direction: "desc",
      per_page: 1,
    });
    expect(down.result[0]?.domain_name).toBe([...names].sort().at(-1));
  });

  test("renew themselves only when told to", async () => {
    await register("renew.family");
    const workflow = await client.registrar.registrations.edit("renew.family", { account_id, auto_renew: true });
    expect(workflow).toMatchObject({ completed: true, state: "succeeded" });
    expect((await get("renew.family")).auto_renew).toBe(true);
    expect((await client.registrar.updateStatus.get("renew.family", { account_id })).state).toBe("succeeded");
    await register("renewing.family", { auto_renew: true });
    expect((await get("renewing.family")).auto_renew).toBe(true);
    await expect(
      client.registrar.registrations.edit("nobody.family", { account_id, auto_renew: true }),
    ).rejects.toMatchObject({ status: 404 });
  });

  test("can be lost, which leaves the name to others", async () => {
    await register("lost.family");
    await running.control("DELETE", "/registrations/lost.family");
    await expect(get("lost.family")).rejects.toMatchObject({ status: 404 });
    expect((await check("lost.family"))[0]?.registrable).toBe(true);
  });
});

describe("misfortune while registering", () => {
  const fault = (kind: string) => running.control("POST", "/faults", { call: "registrations.create", kind });
  const posts = () => running.count("registrations.create.received");

  test.each([
    ["500-before", false],
    ["500-after", true],
    ["timeout-before", false],
    ["timeout-after", true],
    ["malformed", true],
    ["429", false],
    ["refuse", false],
  ])("%s: one attempt is one POST when retries are off; bought: %s", async (kind, bought) => {
    const name = `unlucky-${kind}.family`;
    const before = await posts();
    await fault(kind);
    await expect(register(name)).rejects.toThrow();
    expect((await posts()) - before).toBe(1);
    const found = get(name).then(
      () => true,
      () => false,
    );
    expect(await found).toBe(bought);
  });

  test("the SDK left to itself sends a purchase three times when it meets 500", async () => {
    const careless = new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4` });
    await running.control("POST", "/faults", { call: "registrations.create", kind: "500-before", times: 3 });
    const before = await posts();
    const params = { account_id, domain_name: "careless.family", contacts: { registrant: anna } };
    await expect(careless.registrar.registrations.create(params)).rejects.toMatchObject({ status: 500 });
    expect((await posts()) - before).toBe(3);
  }, 20_000);
});

test("all this traffic is as the vendor's API description has it, but for what was sent wrong on purpose", async ({
  skip,
}) => {
  const found = await findings(join(running.record, "cloudflare.jsonl"));
  if (found === noDescriptions) return skip(noDescriptions);
  expect(found.map((line) => line.replace(/^[\s\d]*cloudflare /, "").replace(/ {2}\(.*$/, ""))).toEqual([
    "POST /accounts/{account_id}/registrar/domain-check  limit  body.domains",
    "POST /accounts/{account_id}/registrar/registrations  format  body.contacts.registrant.email",
    "POST /accounts/{account_id}/registrar/registrations  pattern  body.contacts.registrant.phone",
  ]);
});

describe("a name that another registrar asks for", () => {
  const transfer = (name: string, state: string) =>
    running.control("POST", `/registrations/${name}/transfer`, { state });

  test("is listed as such until it is theirs, and is then taken, with the zone it had", async () => {
    await register("moving.family");
    await transfer("moving.family", "asked");
    expect(await get("moving.family")).toMatchObject({ status: "transfer_pending", locked: false });
    await transfer("moving.family", "done");
    await expect(get("moving.family")).rejects.toMatchObject({ status: 404 });
    await expect(status("moving.family")).rejects.toMatchObject({ status: 404 });
    expect((await check("moving.family"))[0]).toMatchObject({ reason: "domain_unavailable" });
    expect((await client.zones.list({ name: "moving.family" })).result).toMatchObject([{ status: "active" }]);
  });

  test("stays where the transfer comes to nothing; what is not here cannot go", async () => {
    await register("staying.family");
    await transfer("staying.family", "asked");
    await transfer("staying.family", "refused");
    expect(await get("staying.family")).toMatchObject({ status: "active", locked: true });
    expect((await transfer("nobody-has.family", "done")).status).toBe(404);
    expect((await transfer("staying.family", "perhaps")).status).toBe(400);
  });
});
