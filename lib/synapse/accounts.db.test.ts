import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { Dweller } from "@/lib/provisioning/step.ts";
import { type SynapseAccounts, synapseAccounts } from "./accounts.ts";
import { servicePart } from "./service-account.ts";
import { startTestHost, type TestHost, testMasterKey } from "./test-host.ts";
import { callHome } from "./unix-http.ts";

const name = "smith.family";
const anna: Dweller = { id: "per_1", given: "Anna", part: "anna", child: false, runsHome: true, page: true };
let host: TestHost;
let accounts: SynapseAccounts;
const accountsOf = (device: string) =>
  synapseAccounts({ socketFolder: host.socketFolder, masterKey: testMasterKey, device });

beforeAll(async () => {
  host = await startTestHost();
  await host.birth(name);
  accounts = accountsOf("WORKER1");
}, 60_000);
afterAll(() => host.clean(), 60_000);

const home = (method: "GET" | "POST" | "PUT", path: string, body?: unknown, token?: string) =>
  callHome(join(host.socketFolder, `${name}.sock`), {
    method,
    path,
    what: "test",
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  });
const login = (part: string, password: string) =>
  home("POST", "/_matrix/client/v3/login", {
    type: "m.login.password",
    identifier: { type: "m.id.user", user: part },
    password,
  });

describe("accounts on a home", () => {
  it("are not there before they are made", async () => {
    expect(await accounts.findAccount(name, "anna")).toBeUndefined();
    expect(await accounts.canSignIn(name, "anna")).toBe(false);
  });

  it("are ordinary ones with the person's name, and nobody can sign in before a password was chosen", async () => {
    await accounts.ensureAccount(name, anna);
    expect(await accounts.findAccount(name, "anna")).toEqual({
      displayName: "Anna",
      locked: false,
      closed: false,
      erased: false,
    });
    expect(await accounts.canSignIn(name, "anna")).toBe(true);
    for (const guess of ["", "anna", "null"]) expect((await login("anna", guess)).status).toBe(403);
    const token = await accounts.adminToken(name);
    const asked = await home("GET", `/_synapse/admin/v2/users/@anna:${name}`, undefined, token);
    expect(asked.body).toMatchObject({ admin: false, user_type: null, deactivated: false });
  });

  it("are signed in to with the chosen password, and every earlier session ends when it is changed", async () => {
    await accounts.setSecret(name, "anna", "a first password of hers");
    const first = await login("anna", "a first password of hers");
    expect(first.body).toMatchObject({ user_id: `@anna:${name}` });
    await accounts.setSecret(name, "anna", "a second password of hers");
    expect((await login("anna", "a first password of hers")).status).toBe(403);
    const before = String(first.body["access_token"]);
    expect((await home("GET", "/_matrix/client/v3/account/whoami", undefined, before)).status).toBe(401);
    expect((await login("anna", "a second password of hers")).status).toBe(200);
  });

  it("keep the display name their person chose, however often they are ensured", async () => {
    const token = String((await login("anna", "a second password of hers")).body["access_token"]);
    await home("PUT", `/_matrix/client/v3/profile/@anna:${name}/displayname`, { displayname: "Annie" }, token);
    await accounts.ensureAccount(name, anna);
    expect(await accounts.findAccount(name, "anna")).toMatchObject({ displayName: "Annie" });
  });

  it("encrypt every room they make", async () => {
    const token = String((await login("anna", "a second password of hers")).body["access_token"]);
    const room = await home("POST", "/_matrix/client/v3/createRoom", { preset: "private_chat" }, token);
    const state = await home(
      "GET",
      `/_matrix/client/v3/rooms/${String(room.body["room_id"])}/state/m.room.encryption`,
      undefined,
      token,
    );
    expect(state.body).toMatchObject({ algorithm: "m.megolm.v1.aes-sha2" });
  });

  it("can be made only by us: registration is closed", async () => {
    const answer = await home("POST", "/_matrix/client/v3/register", {
      username: "mallory",
      password: "x".repeat(12),
      auth: { type: "m.login.dummy" },
    });
    expect(answer.status).toBe(403);
  });

  it("do not show our service account to the family's search", async () => {
    const token = String((await login("anna", "a second password of hers")).body["access_token"]);
    await accounts.ensureAccount(name, { ...anna, id: "per_2", given: "Ben", part: "ben", runsHome: false });
    const search = async (term: string) => {
      const answer = await home("POST", "/_matrix/client/v3/user_directory/search", { search_term: term }, token);
      return (answer.body["results"] as { user_id: string }[]).map((found) => found.user_id);
    };
    await expect.poll(() => search("ben")).toEqual([`@ben:${name}`]);
    expect(await search("nameplate")).toEqual([]);
  });

  it("are refused under the name of our service account", async () => {
    await expect(accounts.ensureAccount(name, { ...anna, part: servicePart })).rejects.toThrow(Refused);
  });

  it("refuse a password for somebody who is not there", async () => {
    await expect(accounts.setSecret(name, "nobody", "a password of nobody")).rejects.toThrow(Refused);
  });
});

describe("An account of somebody who was taken out", () => {
  const password = "a password of cleo's own";
  const cleo = { ...anna, id: "per_3", given: "Cleo", part: "cleo", runsHome: false };
  const get = (path: string, token: string) => home("GET", `/_matrix/client/v3/${path}`, undefined, token);
  let [token, annas, room] = ["", "", ""];
  const say = (path: string, body: object, who: string) => home("POST", `/_matrix/client/v3/${path}`, body, who);

  beforeAll(async () => {
    await accounts.ensureAccount(name, cleo);
    await accounts.setSecret(name, "cleo", password);
    await accounts.setSecret(name, "anna", "a third password of hers");
    token = String((await login("cleo", password)).body["access_token"]);
    annas = String((await login("anna", "a third password of hers")).body["access_token"]);
    const invite = { preset: "private_chat", invite: [`@cleo:${name}`] };
    room = String((await say("createRoom", invite, annas)).body["room_id"]);
    await say(`join/${room}`, {}, token);
  });

  it("is locked: no app of theirs gets in, with what it has or with the password", async () => {
    await accounts.lockAccount(name, "cleo", true);
    await accounts.lockAccount(name, "cleo", true);
    expect(await accounts.findAccount(name, "cleo")).toEqual({
      displayName: "Cleo",
      locked: true,
      closed: false,
      erased: false,
    });
    expect(await accounts.canSignIn(name, "cleo")).toBe(false);
    // An app that understands keeps what it has, and waits.
    for (const path of ["sync?timeout=30000", "account/whoami", "joined_rooms"])
      expect(await get(path, token)).toMatchObject({
        status: 401,
        body: { errcode: "M_USER_LOCKED", soft_logout: true },
      });
    expect((await login("cleo", password)).body).toMatchObject({ errcode: "M_USER_LOCKED" });
    // What others do goes on, and whoever asks them into a room may.
    expect((await say("createRoom", { invite: [`@cleo:${name}`] }, annas)).status).toBe(200);
    const members = await get(`rooms/${room}/joined_members`, annas);
    expect(Object.keys(members.body["joined"] as object)).toContain(`@cleo:${name}`);
  });

  it("has everything again when it is unlocked: the same session, rooms and password", async () => {
    await accounts.lockAccount(name, "cleo", false);
    expect((await get("account/whoami", token)).body).toMatchObject({ user_id: `@cleo:${name}` });
    expect((await get("joined_rooms", token)).body["joined_rooms"]).toEqual([room]);
    expect((await login("cleo", password)).status).toBe(200);
    // What came meanwhile is there.
    const { body } = await get("sync", token);
    expect(Object.keys((body["rooms"] as { invite: object }).invite)).toHaveLength(1);
  });

  it("is closed for good: nobody signs in, and what was written stays where it is read", async () => {
    const said = await say(`rooms/${room}/send/m.room.message`, { msgtype: "m.text", body: "Goodbye" }, token);
    expect(said.status).toBe(200);
    await accounts.lockAccount(name, "cleo", true);
    await accounts.closeAccount(name, "cleo", { erase: false });
    await accounts.closeAccount(name, "cleo", { erase: false });
    expect(await accounts.findAccount(name, "cleo")).toMatchObject({ closed: true });
    expect((await get("account/whoami", token)).status).toBe(401);
    expect((await login("cleo", password)).status).toBe(403);
    const members = async () =>
      Object.keys((await get(`rooms/${room}/joined_members`, annas)).body["joined"] as object);
    await expect.poll(members).toEqual([`@anna:${name}`]);
    const read = await get(`rooms/${room}/event/${String(said.body["event_id"])}`, annas);
    expect(read.body).toMatchObject({ content: { body: "Goodbye" } });
    // The address is never anybody else's: who is made under it is the one that is closed.
    await accounts.ensureAccount(name, cleo);
    expect(await accounts.findAccount(name, "cleo")).toMatchObject({ closed: true });
  });

  it("is erased with what they uploaded where that was asked for, also after it was closed, and twice is once", async () => {
    const dora = { ...cleo, id: "dora", part: "dora", given: "Dora" };
    await accounts.ensureAccount(name, dora);
    await accounts.setSecret(name, "dora", password);
    const signedIn = await login("dora", password);
    const doras = String(signedIn.body["access_token"]);
    const upload = await callHome(join(host.socketFolder, `${name}.sock`), {
      ...{
        method: "POST",
        path: "/_matrix/media/v3/upload?filename=cat.txt",
        what: "upload",
        token: doras,
        body: { cat: 1 },
      },
    });
    expect(upload.status).toBe(200);
    const media = async () => {
      const path = `/_synapse/admin/v1/users/${encodeURIComponent(`@dora:${name}`)}/media`;
      return (await accounts.administer(name, { method: "GET", path, what: "count" })).body["total"];
    };
    expect(await media()).toBe(1);
    await accounts.closeAccount(name, "dora", { erase: false });
    expect([await media(), (await accounts.findAccount(name, "dora"))?.erased]).toEqual([1, false]);
    await accounts.closeAccount(name, "dora", { erase: true });
    await accounts.closeAccount(name, "dora", { erase: true });
    expect([await media(), (await accounts.findAccount(name, "dora"))?.erased]).toEqual([0, true]);
  });

  it("is not made by being locked or closed where there is none", async () => {
    await expect(accounts.lockAccount(name, "nobody", true)).rejects.toThrow(Refused);
    await expect(accounts.closeAccount(name, "nobody", { erase: false })).rejects.toThrow(Refused);
    expect(await accounts.findAccount(name, "nobody")).toBeUndefined();
  });
});

describe("our service account", () => {
  it("is made once; another process signs in to it, and neither ends the other's session", async () => {
    const other = accountsOf("WORKER2");
    expect(await other.findAccount(name, "anna")).toBeDefined();
    expect(await accounts.findAccount(name, "anna")).toBeDefined();
    expect(await other.adminToken(name)).not.toBe(await accounts.adminToken(name));
  });

  it("signs in once however many ask at the same time", async () => {
    const fresh = accountsOf("WORKER3");
    const tokens = await Promise.all(Array.from({ length: 10 }, () => fresh.adminToken(name)));
    expect(new Set(tokens).size).toBe(1);
  });

  it("signs in afresh when its session was ended", async () => {
    const token = await accounts.adminToken(name);
    await home("POST", "/_matrix/client/v3/logout", {}, token);
    expect(await accounts.findAccount(name, "anna")).toBeDefined();
    expect(await accounts.adminToken(name)).not.toBe(token);
  });

  it("is unreachable, not refused, where it is not known: Synapse says so too when its database was away", async () => {
    const stranger = synapseAccounts({ socketFolder: host.socketFolder, masterKey: "another", device: "WORKER9" });
    await expect(stranger.findAccount(name, "anna")).rejects.toThrow(Unreachable);
  });

  it("is unreachable, not refused, while the home is down", async () => {
    const missing = accounts.findAccount("missing.family", "anna");
    await expect(missing).rejects.toThrow(Unreachable);
    await expect(missing).rejects.toMatchObject({ effect: "none" });
  });
});

describe("the tenant host's adapter", () => {
  it("knows nothing of a home that never was, and removing it is no failure", async () => {
    expect(await host.homes.state("missing.family")).toBeUndefined();
    expect(await host.homes.servedKey("missing.family")).toBeUndefined();
    await host.homes.remove("missing.family");
    expect(await host.homes.state("missing.family")).toBeUndefined();
  });

  it("reports a home that can never start as refused, with the host's own reason", async () => {
    const start = host.homes.ensureRunning(
      "keyless.family",
      { secrets: { signingKey: "", registrationSecret: "", macaroonSecret: "", formSecret: "" }, household: null },
      10,
    );
    await expect(start).rejects.toThrow(Refused);
    await expect(start).rejects.toThrow(/signing key/);
  });

  it("reports a host that is away as unreachable, nothing done", async () => {
    await host.end("SIGKILL");
    const asked = host.homes.state(name);
    await expect(asked).rejects.toThrow(Unreachable);
    await expect(asked).rejects.toMatchObject({ effect: "none" });
    // The families do not notice.
    expect(await accounts.canSignIn(name, "anna")).toBe(true);
    await host.begin();
    expect(await host.homes.state(name)).toBeDefined();
  });
});
