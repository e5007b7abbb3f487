import Cloudflare from "cloudflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keys, Running } from "./testing.ts";

const running = new Running();
beforeAll(() => running.start());
afterAll(() => running.stop());

const api = (path: string, init: RequestInit = {}) => fetch(`${running.url}/client/v4${path}`, init);
const as = (token: string) => ({ authorization: `Bearer ${token}` });
const registrar = `/accounts/${keys.account}/registrar`;

describe("who may do what", () => {
  test.each([
    [{}, 400, 9106],
    [{ authorization: "Basic abc" }, 400, 6003],
    [as("stolen"), 403, 9109],
  ])("a stranger with %j is refused with %i", async (headers: Record<string, string>, status, code) => {
    const answer = await api("/zones", { headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ success: false, errors: [{ code }], messages: [], result: null });
  });

  test("another account's path is closed", async () => {
    expect((await api("/accounts/other/registrar/registrations", { headers: as(keys.token) })).status).toBe(403);
  });

  test.each([
    ["GET", `${registrar}/domain-search?q=smith`, 200],
    ["GET", `${registrar}/extensions`, 200],
    ["GET", `${registrar}/extensions/uk`, 200],
    ["POST", `${registrar}/domain-check`, 200],
    ["GET", `${registrar}/registrations`, 403],
    ["POST", `${registrar}/registrations`, 403],
    ["GET", `${registrar}/registrations/smith.family`, 403],
    ["PATCH", `${registrar}/registrations/smith.family`, 403],
    ["GET", "/zones", 403],
    ["POST", "/zones", 403],
  ])("the search token on %s %s gets %i", async (method, path, status) => {
    const body = method === "GET" ? {} : { body: JSON.stringify({ domains: ["smith.family"] }) };
    const headers = { ...as(keys.searchToken), "content-type": "application/json" };
    expect((await api(path, { method, headers, ...body })).status).toBe(status);
    expect(await running.count("registrations.create.received")).toBe(0);
  });
});

describe("nonsense", () => {
  const headers = { ...as(keys.token), "content-type": "application/json" };

  test("sent as a body is refused in the vendor's envelope", async () => {
    for (const body of ["{", "null", "[]", '"x"', '{"domains":"x"}', ""]) {
      const answer = await api(`${registrar}/domain-check`, { method: "POST", headers, body });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(await answer.json()).toMatchObject({ success: false, result: null });
    }
  });

  test("sent as a purchase is refused, and counted as one that came", async () => {
    const before = await running.count("registrations.create.received");
    for (const body of ["{", "null", '{"domain_name":7}', '{"domain_name":"smith"}']) {
      expect((await api(`${registrar}/registrations`, { method: "POST", headers, body })).status).toBe(400);
    }
    expect((await running.count("registrations.create.received")) - before).toBe(4);
  });

  test("as a path leads nowhere", async () => {
    const answer = await api("/accounts/acc0/nonsense", { headers });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ success: false, errors: [{ code: 7003 }, { code: 7000 }] });
  });

  test("as page numbers and cursors is refused", async () => {
    for (const query of ["page=0", "page=x", "per_page=1.5", "per_page=100000"]) {
      expect((await api(`/zones?${query}`, { headers })).status).toBe(400);
    }
    expect((await api(`${registrar}/registrations?cursor=!!`, { headers })).status).toBe(400);
  });
});

describe("planned faults", () => {
  const client = () => new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
  const fault = (plan: object) => running.control("POST", "/faults", plan);

  test("are met by the call they name and by no other", async () => {
    await fault({ call: "zones.list", kind: "500-before" });
    await client().registrar.search({ account_id: keys.account, q: "smith" });
    await expect(client().zones.list()).rejects.toMatchObject({ status: 500 });
    expect((await client().zones.list()).result).toEqual([]);
  });

  test("say when to come back when it was too often", async () => {
    await fault({ call: "zones.list", kind: "429" });
    const error = await client()
      .zones.list()
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(error).toBeInstanceOf(Cloudflare.RateLimitError);
    expect(error instanceof Cloudflare.RateLimitError && error.headers.get("retry-after")).toBe("1");
  });

  test("can refuse with words and a status of their own", async () => {
    await fault({ call: "zones.list", kind: "refuse", status: 403, words: "Not today." });
    await expect(client().zones.list()).rejects.toMatchObject({ status: 403, errors: [{ message: "Not today." }] });
  });
});

describe("the page", () => {
  test("shows names, whose they are, and the records, with nothing that could run", async () => {
    const client = new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
    const postal_info = {
      name: "<script>alert(1)</script>",
      address: { street: "1", city: "Bath", state: "", postal_code: "BA1", country_code: "GB" },
    };
    const registrant = { email: "anna@example.org", phone: "+44.2079460000", postal_info };
    await client.registrar.registrations.create({
      account_id: keys.account,
      domain_name: "smith.family",
      contacts: { registrant },
    });
    const [zone] = (await client.zones.list()).result;
    await client.dns.records.create({
      zone_id: zone?.id ?? "",
      type: "A",
      name: "www",
      ttl: 1,
      content: "192.0.2.1",
      comment: "ours",
    });
    const answer = await fetch(running.url);
    const text = await answer.text();
    for (const part of [
      "smith.family",
      "anna@example.org",
      "www.smith.family",
      "192.0.2.1",
      "ours",
      "2027-11-24",
      "Names are pretend here",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("<script>");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});
