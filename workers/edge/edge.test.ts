import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localSite } from "@/lib/caddy/local-site.ts";
import { startTestEdge, type TestEdge } from "@/lib/caddy/test-edge.ts";

const name = "smith.family";
const other = "jones.family";
let edge: TestEdge;
let home: Server;
let seen: IncomingMessage[] = [];

const documents = (host: string) => [
  { path: ".well-known/matrix/server", content: `{"m.server":"${host}:443"}` },
  { path: ".well-known/matrix/client", content: `{"m.homeserver":{"base_url":"https://${host}"}}` },
  { path: ".well-known/matrix/support", content: `{"contacts":[]}` },
];
const pages = (host: string) => [
  ...documents(host),
  { path: "index.html", content: `home of ${host}` },
  { path: "anna/index.html", content: `Anna of ${host}` },
  { path: "404.html", content: `nobody at ${host}` },
  { path: "style.css", content: "body{}" },
];

beforeAll(async () => {
  edge = await startTestEdge();
  const site = localSite(edge.wwwFolder);
  for (const host of [name, other]) {
    await site.publish(host, pages(host));
    await site.publish(`www.${host}`, documents(host));
  }
  // What a mistake would hand out: a secret beside the published folders, and one folder further up.
  await writeFile(join(edge.folder, "www/secret.txt"), "SECRET");
  await mkdir(join(edge.folder, "www/.well-known/matrix"), { recursive: true });
  for (const file of ["www/.well-known/matrix/server", "www/index.html", "www/404.html"])
    await writeFile(join(edge.folder, file), "SECRET");
  home = createServer((request, response) => {
    seen.push(request);
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.url === "/_matrix/slow") {
        response.write("first ");
        setTimeout(() => response.end("last"), 300);
      } else response.end(JSON.stringify({ home: request.url }));
    });
    request.on("error", () => response.destroy());
  });
  home.listen(join(edge.socketFolder, `${name}.sock`));
  await once(home, "listening");
}, 60_000);
afterAll(async () => {
  await edge.clean();
  home.close();
});

describe("discovery", () => {
  it.each(["server", "client", "support"])(
    "serves %s as JSON, to apps in browsers too, for an hour",
    async (document) => {
      const answer = await edge.https(name, `/.well-known/matrix/${document}`);
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        "content-type": "application/json",
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=3600",
      });
      expect(JSON.parse(answer.body)).toBeTypeOf("object");
    },
  );

  it("answers a browser's question before the question", async () => {
    const answer = await edge.https(name, "/.well-known/matrix/client", { method: "OPTIONS" });
    expect(answer.status).toBe(204);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
  });

  it("is served for www as well, which otherwise leads to the name", async () => {
    expect((await edge.https(`www.${name}`, "/.well-known/matrix/server")).body).toContain(`${name}:443`);
    const answer = await edge.https(`www.${name}`, "/anna?x=1");
    expect(answer.status).toBe(308);
    expect(answer.headers.location).toBe(`https://${name}/anna?x=1`);
  });

  it("says in JSON that a document is not there", async () => {
    const answer = await edge.https(name, "/.well-known/matrix/nothing");
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ errcode: "M_UNRECOGNIZED" });
  });
});

describe("contact pages", () => {
  it.each(["/anna", "/anna/"])("answers %s with Anna's page", async (path) => {
    const answer = await edge.https(name, path);
    expect(answer).toMatchObject({ status: 200, body: `Anna of ${name}` });
    expect(answer.headers["content-type"]).toMatch(/^text\/html/);
  });

  it("lets no script, frame or form into a page, and keeps browsers on HTTPS", async () => {
    for (const path of ["/", "/anna", "/nobody"]) {
      const { headers } = await edge.https(name, path);
      expect(headers["content-security-policy"], path).toMatch(/default-src 'none';.*frame-ancestors 'none'/);
      expect(headers["content-security-policy"]).not.toMatch(/script-src|unsafe|https?:/);
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
      expect(headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
      expect(headers["server"]).toBeUndefined();
    }
  });

  it("shows the family's own page where nobody lives", async () => {
    for (const path of ["/nobody", "/anna/nobody", "/Anna", "/anna.html", "/_synapse/other"])
      expect((await edge.https(name, path)).status, path).toBe(404);
    expect((await edge.https(name, "/nobody")).body).toBe(`nobody at ${name}`);
  });

  it.each(["POST", "PUT", "DELETE", "PATCH", "TRACE"])("can only be read: %s is not allowed", async (method) => {
    expect((await edge.https(name, "/anna", { method })).status).toBe(405);
  });

  it("changes in one step when it is published again", async () => {
    await localSite(edge.wwwFolder).publish(other, [...pages(other), { path: "ben/index.html", content: "Ben" }]);
    expect((await edge.https(other, "/ben")).body).toBe("Ben");
  });
});

describe("the home behind the edge", () => {
  it("gets client and federation traffic of its own name", async () => {
    for (const path of ["/_matrix/client/versions", "/_matrix/federation/v1/version?a=%2F", "/_synapse/client/x"])
      expect(JSON.parse((await edge.https(name, path)).body)).toEqual({ home: path });
    const last = seen.at(-1);
    expect(last?.headers).toMatchObject({ host: name, "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1" });
  });

  it("is not told a caller's address by the caller", async () => {
    await edge.https(name, "/_matrix/x", { headers: { "x-forwarded-for": "8.8.8.8" } });
    expect(seen.at(-1)?.headers["x-forwarded-for"]).toBe("127.0.0.1");
  });

  it("is heard as it speaks, for long polls", async () => {
    const begun = performance.now();
    const parts: number[] = [];
    const socket = connect({ port: edge.httpsPort, host: "127.0.0.1", servername: name, rejectUnauthorized: false });
    socket.write(`GET /_matrix/slow HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    socket.on("data", () => parts.push(performance.now() - begun));
    await once(socket, "close");
    expect((parts.at(-1) ?? 0) - (parts[0] ?? 0)).toBeGreaterThan(200);
  });

  it("takes pictures up to 50 MB and nothing larger", async () => {
    const upload = (bytes: number) =>
      edge.https(name, "/_matrix/media/v3/upload", { method: "POST", body: "x".repeat(bytes) });
    expect((await upload(1_000_000)).status).toBe(200);
    const tooLarge = await upload(52_428_801).catch((error: NodeJS.ErrnoException) => ({ status: error.code }));
    expect(["EPIPE", "ECONNRESET", 413]).toContain(tooLarge.status);
  }, 20_000);

  it("is spared JSON larger than another server has reason to send, which would cost it many times as much", async () => {
    const send = (bytes: number) =>
      edge.https(name, "/_matrix/federation/v1/send/1", { method: "PUT", body: "x".repeat(bytes) });
    expect((await send(13_107_200)).status).toBe(200);
    const tooLarge = await send(13_700_000).catch((error: NodeJS.ErrnoException) => ({ status: error.code }));
    expect(["EPIPE", "ECONNRESET", 413]).toContain(tooLarge.status);
  }, 20_000);

  it("is not awake: 503 with when to come back, readable for apps in browsers", async () => {
    const answer = await edge.https(other, "/_matrix/client/versions");
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({
      "retry-after": "5",
      "access-control-allow-origin": "*",
      "content-type": "application/json",
    });
    expect(JSON.parse(answer.body)).toHaveProperty("errcode");
  });

  it("rests: 503 at once, with when to come back, while discovery and pages stay", async () => {
    const resting = "resting.family";
    const mark = { path: ".well-known/nameplate/rests", content: "" };
    await localSite(edge.wwwFolder).publish(resting, [...pages(resting), mark]);
    for (const path of ["/_matrix/client/v3/login", "/_matrix/federation/v1/version"]) {
      const answer = await edge.https(resting, path);
      expect(answer.status).toBe(503);
      expect(answer.headers).toMatchObject({ "retry-after": "60", "access-control-allow-origin": "*" });
      expect(JSON.parse(answer.body)).toMatchObject({ error: expect.stringContaining("resting") });
    }
    expect((await edge.https(resting, "/_synapse/admin/v1/register")).status).toBe(404);
    expect((await edge.https(resting, "/.well-known/matrix/server")).status).toBe(200);
    expect((await edge.https(resting, "/anna")).status).toBe(200);
    await localSite(edge.wwwFolder).publish(resting, pages(resting));
    expect(JSON.parse((await edge.https(resting, "/_matrix/client/v3/login")).body)).toMatchObject({
      error: expect.stringContaining("not awake yet"),
    });
  }, 20_000);

  it.each([
    "/_synapse/admin/v1/register",
    "/_synapse/admin",
    "/_synapse/admin/",
    "/_synapse/mas/query_user",
    "/_synapse/metrics",
    "/_synapse/client/nameplate/asks",
    "/_synapse/client/nameplate/stranger",
    "/_synapse/%61dmin/v1/register",
    "/%5fsynapse/admin/v1/register",
    "/_SYNAPSE/ADMIN/v1/register",
    "//_synapse/admin/v1/register",
    "/_synapse//admin/v1/register",
    "/_synapse/./admin/v1/register",
    "/_matrix/../_synapse/admin/v1/register",
    "/_matrix/%2e%2e/_synapse/admin/v1/register",
    "/_matrix/x/..%2f..%2f_synapse/admin/v1/register",
    "/_matrix/..;/_synapse/admin/v1/register",
    "/_synapse/admin;x/v1/register",
    "/_synapse;x/admin/v1/register",
    "/_synapse%2fadmin/v1/register",
    "/_synapse%2Fadmin%2Fv1%2Fregister",
    "/%2f_synapse/admin/v1/register",
    "/./_synapse/admin/v1/register",
    "/_matrix/client/../../_synapse/admin/v1/register",
    "/_matrix/%2e%2e%2f_synapse/admin/v1/register",
    "/_synapse/client/%2e%2e%2fadmin/v1/register",
    "/_synapse/client/..%5cadmin/v1/register",
    "/_synapse%252fadmin/v1/register",
    "/_Synapse/Admin/v1/register",
    "/_synapse/admin%00/v1/register",
    "https://smith.family/_synapse/admin/v1/register",
    "/_synapse/client/../admin/v1/register",
    "/_synapse/client/%2e%2e/admin/v1/register",
    "/x/../_synapse/admin/v1/register",
    "\\_synapse\\admin",
  ])("never gets its admin API asked for as %j", async (path) => {
    seen = [];
    const answer = await edge.raw(name, `GET ${path} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    const reached = seen.map((request) => new URL(request.url ?? "", "https://x").pathname);
    expect(reached.filter((at) => /^\/_synapse\/(admin|mas|client\/nameplate)/.test(at))).toEqual([]);
    if (reached.length === 0) expect(answer).toMatch(/^HTTP\/1.1 (404|400)/);
  });

  it.each([
    "/_matrix/client/v1/room_summary/!a:b.example",
    "/_matrix/client/v1/%72oom_summary/!a:b.example",
    "/_matrix/client/unstable/im.nheko.summary/rooms/!a:b.example/summary",
    "/_matrix/client/unstable/im.nheko.summary/summary/!a:b.example",
    "/_matrix/client/v3/directory/room/%23club%3Ab.example",
  ])("asks other homes for nobody: %s", async (path) => {
    seen = [];
    expect((await edge.https(name, path)).status).toBe(401);
    expect(seen).toEqual([]);
    for (const asked of [{ headers: { authorization: "Bearer x" } }, { method: "OPTIONS" }])
      expect((await edge.https(name, path, asked)).status).toBe(200);
    expect((await edge.https(name, `${path}?access_token=x`)).status).toBe(200);
  });
});

/** Each names something: a folder above, a file beside, another host, or nothing a host may be. */
const oddHosts = [
  "..",
  ".",
  "...",
  "../..",
  "%2e%2e",
  "..%2f..",
  "/",
  "//",
  "\\",
  "..\\..",
  "a/../..",
  "smith.family/..",
  "smith.family/../..",
  "smith.family/../secret.txt",
  "smith.family%2f..",
  "smith.family..",
  ".smith.family",
  "smith..family",
  "smith.family.",
  "SMITH.FAMILY",
  "Smith.family",
  "smith.family:443:443",
  "smith.family:",
  "smith.family:abc",
  "smith.family:999999",
  "smith.family@evil.test",
  "user:pw@smith.family",
  "smith.family#",
  "smith.family?",
  "smith.family;x",
  "smith.family,evil.test",
  "smith.family evil.test",
  "*.family",
  "*",
  "smith_.family",
  "[::1]",
  "[::1]:443",
  "smith.fämily",
  "smith.family\u0000",
  "{host}",
  "{env.HOME}",
  "$HOME",
  "`id`",
  "localhost",
  "secret.txt/",
  ".versions",
  "",
  " ",
];

describe("an odd host", () => {
  it.each(oddHosts)("%j gets nothing", async (host) => {
    for (const path of ["/", "/secret.txt", "/.well-known/matrix/server", "/index.html", "/nobody", "/_matrix/x"]) {
      const answer = await edge.raw(name, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer, path).not.toContain("SECRET");
      expect(answer, path).not.toMatch(/^HTTP\/1.1 [23]/);
    }
  });

  it.each([
    "..",
    "../..",
    ".",
    "..%2f",
    ".versions",
    "smith.family/../..",
    "localhost",
    "..localhost",
    "...localhost",
    "../x.localhost",
  ])("%j gets nothing over plain HTTP either", async (host) => {
    for (const path of ["/secret.txt", "/.well-known/matrix/server", "/index.html", "/nobody"]) {
      const answer = await edge.http(host, path).catch(() => undefined);
      expect(answer?.body ?? "").not.toContain("SECRET");
      expect([undefined, 400, 404]).toContain(answer?.status);
    }
  });

  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/anna/../../secret.txt",
    "/..\\secret.txt",
    "/.versions/",
    "//secret.txt",
  ])("nor does a path lead out of the family's folder: %s", async (path) => {
    const answer = await edge.raw(name, `GET ${path} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    expect(answer).not.toContain("SECRET");
    expect(answer).toMatch(/^HTTP\/1.1 (4|30)/);
  });
});

describe("names and certificates", () => {
  it("serves a name only under its own certificate", async () => {
    const answer = await edge.raw(other, `GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 421/);
    expect(answer).not.toContain("home of");
  });

  it.each(["stranger.test", "sub.smith.family", "localhost", "secret.txt", undefined])(
    "shows no certificate for %s, which is not published",
    async (serverName) => {
      await expect(edge.raw(serverName, "GET / HTTP/1.1\r\nHost: x.test\r\n\r\n")).rejects.toThrow(/alert|SSL/i);
    },
  );

  it("stops fetching certificates for a name that was withdrawn", async () => {
    const site = localSite(edge.wwwFolder);
    await site.publish("leaving.family", documents("leaving.family"));
    await site.withdraw("leaving.family");
    await expect(edge.https("leaving.family", "/")).rejects.toThrow();
  });
});

describe("plain HTTP", () => {
  it("leads known names to HTTPS, and knows no others", async () => {
    expect((await edge.http(name, "/anna?x=1")).headers.location).toBe(`https://${name}/anna?x=1`);
    expect((await edge.http("stranger.test", "/")).status).toBe(404);
  });

  it("serves NAME.localhost to a person who tries it: pages, discovery and the home", async () => {
    const local = `${name}.localhost:${edge.httpPort}`;
    expect((await edge.http(local, "/anna")).body).toBe(`Anna of ${name}`);
    expect(await edge.http(local, "/nobody")).toMatchObject({ status: 404, body: `nobody at ${name}` });
    expect((await edge.http(local, "/.well-known/matrix/client")).headers["content-type"]).toBe("application/json");
    expect(JSON.parse((await edge.http(local, "/_matrix/client/versions")).body)).toEqual({
      home: "/_matrix/client/versions",
    });
    expect((await edge.http(local, "/_synapse/admin/v1/register")).status).toBe(404);
    expect((await edge.http(local, "/")).headers["strict-transport-security"]).toBeUndefined();
  });
});

describe("the edge alone", () => {
  it("starts again and serves with nothing else of ours running", async () => {
    home.close();
    await edge.end();
    await edge.begin();
    expect((await edge.https(name, "/.well-known/matrix/server")).status).toBe(200);
    expect((await edge.https(name, "/anna")).status).toBe(200);
    expect((await edge.https(name, "/_matrix/client/versions")).status).toBe(503);
  }, 30_000);

  it("outside the sandbox serves no NAME.localhost", async () => {
    // Nothing is asked of the authority: no certificate is wanted here.
    const open = await startTestEdge({ EDGE_CA: "acme", EDGE_ACME_DIRECTORY: "https://127.0.0.1:9/directory" });
    try {
      await localSite(open.wwwFolder).publish(name, pages(name));
      expect((await open.http(`${name}.localhost`, "/anna")).status).toBe(404);
      expect((await open.http(name, "/anna")).headers.location).toBe(`https://${name}/anna`);
    } finally {
      await open.clean();
    }
  }, 30_000);

  it("forgets a family whose folder is gone, certificate included", async () => {
    await localSite(edge.wwwFolder).withdraw(other);
    await expect(edge.https(other, "/")).rejects.toThrow(/alert/);
  });
});
