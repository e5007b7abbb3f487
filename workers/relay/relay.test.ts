import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDns, type TestDns } from "@/lib/caddy/test-dns.ts";
import { isPublicAddress } from "./public-address.ts";
import { relayServer } from "./server.ts";
import { readRelaySettings } from "./settings.ts";
import { readTarget } from "./target.ts";
import { usualLimits } from "./tunnel.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const limits = { ...usualLimits, connectMs: 500, idleMs: 400, lifeMs: 1_500, bytes: 100_000 };
/** The address the pretend address book gives for our edge: public in form, so that the loopback setting is what leads home. */
const edgeAddress = "198.51.100.7";
let dns: TestDns;
let edge: Server;
let relay: HttpServer;
let careful: HttpServer;
const relayPort = () => (relay.address() as AddressInfo).port;

beforeAll(async () => {
  dns = await startTestDns();
  edge = createServer((socket) => socket.on("data", (part) => socket.write(part)).on("error", () => socket.destroy()));
  edge.listen(0, "127.0.0.1");
  await once(edge, "listening");
  const { port } = edge.address() as AddressInfo;
  const settings = {
    port: 0,
    dnsServer: dns.address,
    edgeAddresses: [edgeAddress],
    edgeLoopback: { host: "127.0.0.1", port },
  };
  relay = relayServer(settings, silent, limits);
  careful = relayServer({ ...settings, edgeLoopback: undefined }, silent, limits);
  for (const server of [relay, careful]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  dns.names.set("smith.family", [edgeAddress]);
});
afterAll(() => {
  for (const server of [edge, relay, careful]) server.close();
  dns.close();
});

async function ask(target: string, port = relayPort()): Promise<{ status: number; socket: Socket }> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  const [first] = (await Promise.race([once(socket, "data"), once(socket, "close")])) as [unknown];
  return { status: Number(String(first).split(" ")[1] ?? 0) || 0, socket };
}
const closed = (socket: Socket) => new Promise((resolve) => socket.on("close", resolve));
const statusOf = async (target: string, port?: number) => {
  const { status, socket } = await ask(target, port);
  socket.destroy();
  return status;
};

describe("the relay", () => {
  it("leads a family's name to the edge of this machine, in the sandbox", async () => {
    const { status, socket } = await ask("smith.family:443");
    expect(status).toBe(200);
    socket.write("hello");
    expect(String((await once(socket, "data"))[0])).toBe("hello");
    socket.destroy();
  });

  it("takes that way only where the setting opens it", async () => {
    expect(await statusOf("smith.family:443", (careful.address() as AddressInfo).port)).toBe(403);
  });

  it("knows one verb", async () => {
    const response = await fetch(`http://127.0.0.1:${relayPort()}/`);
    expect(response.status).toBe(405);
    const socket = connect(relayPort(), "127.0.0.1");
    socket.write(
      "GET http://169.254.169.254/latest/meta-data HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n\r\n",
    );
    expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1.1 405/);
    socket.destroy();
  });

  /** Forms of addresses and names that lead, or might lead, into this machine or its network. */
  const odd = [
    "127.0.0.1:443",
    "127.0.0.1:8448",
    "127.1:443",
    "127.0.1:443",
    "2130706433:443",
    "0x7f000001:443",
    "0x7f.1:443",
    "0177.0.0.1:443",
    "127.0.0.1.:443",
    "0.0.0.0:443",
    "0:443",
    "10.0.0.1:443",
    "172.16.0.1:443",
    "172.31.255.255:8448",
    "192.168.1.1:443",
    "100.64.0.1:443",
    "169.254.169.254:443",
    "198.18.0.1:443",
    "192.0.2.1:443",
    "224.0.0.1:443",
    "255.255.255.255:443",
    "[::1]:443",
    "[::]:443",
    "[::ffff:127.0.0.1]:443",
    "[::ffff:7f00:1]:443",
    "[::127.0.0.1]:443",
    "[fe80::1]:443",
    "[fe80::1%25lo]:443",
    "[fe80::1%lo]:443",
    "[fc00::1]:443",
    "[fd12:3456::1]:443",
    "[64:ff9b::7f00:1]:443",
    "[2002:7f00:1::]:443",
    "[2001:0:7f00:1::]:443",
    "[2001:db8::1]:443",
    "[ff02::1]:443",
    "localhost:443",
    "LOCALHOST:443",
    "localhost.:443",
    "smith.family:22",
    "smith.family:80",
    "smith.family:5432",
    "smith.family:0",
    "smith.family:65536",
    "smith.family:443443",
    "smith.family:",
    "smith.family",
    ":443",
    "smith.family:+443",
    "smith.family:443/x",
    "user@smith.family:443",
    "http://smith.family:443",
    "smith.family.:443",
    "smith..family:443",
    "-smith.family:443",
    "smith_.family:443",
    "smith.family%00.evil.test:443",
    "smith.family#:443",
    "xn--:443",
    "[smith.family]:443",
    "a.1:443",
    "a.0x1:443",
    "①②⑦.0.0.1:443",
  ];
  it.each(odd)("refuses %s", async (target) => {
    expect([400, 403]).toContain(await statusOf(target));
  });

  it.each([
    "127.0.0.1",
    "127.8.8.8",
    "10.1.2.3",
    "192.168.0.1",
    "172.20.0.1",
    "169.254.169.254",
    "100.100.100.100",
    "0.0.0.0",
    "::1",
    "::",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fd00::1",
    "2002:a00:1::",
    "64:ff9b::a00:1",
  ])("refuses a harmless name that leads to %s", async (address) => {
    dns.names.set("harmless.test", [address]);
    expect(await statusOf("harmless.test:443")).toBe(403);
  });

  it("refuses a name of which one address is public and another is not", async () => {
    dns.names.set("mixed.test", ["93.184.215.14", "127.0.0.1"]);
    expect(await statusOf("mixed.test:443")).toBe(403);
    dns.names.set("mixed.test", [edgeAddress, "::1"]);
    expect(await statusOf("mixed.test:443")).toBe(403);
  });

  it("looks a name up once and goes there, whatever the address book says a moment later", async () => {
    let looks = 0;
    const answers = [[edgeAddress], ["127.0.0.1"]];
    const { get } = dns.names;
    // Its address changes with every look, as a rebinding name server's does; A and AAAA make one look.
    dns.names.get = (name) =>
      name === "rebinding.test" ? answers[Math.min(Math.floor(looks++ / 2), 1)] : get.call(dns.names, name);
    expect(await statusOf("rebinding.test:443")).toBe(200);
    expect(looks).toBe(2);
    expect(await statusOf("rebinding.test:443")).toBe(403);
    dns.names.get = get;
  });

  it("says 502 when a public server does not answer", async () => {
    const closed = { host: "127.0.0.1", port: 9 };
    const lonely = relayServer(
      { port: 0, dnsServer: dns.address, edgeAddresses: [edgeAddress], edgeLoopback: closed },
      silent,
      limits,
    );
    lonely.listen(0, "127.0.0.1");
    await once(lonely, "listening");
    expect(await statusOf("smith.family:443", (lonely.address() as AddressInfo).port)).toBe(502);
    lonely.close();
  });

  it("ends a tunnel in which nothing moves", async () => {
    const { socket } = await ask("smith.family:443");
    const begun = performance.now();
    await closed(socket);
    expect(performance.now() - begun).toBeLessThan(1_200);
  });

  it("ends a tunnel that lives too long, however busy", async () => {
    const { socket } = await ask("smith.family:443");
    const busy = setInterval(() => socket.write("."), 50);
    const begun = performance.now();
    await closed(socket);
    clearInterval(busy);
    expect(performance.now() - begun).toBeGreaterThan(1_000);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it("ends a tunnel through which too much has passed", async () => {
    const { socket } = await ask("smith.family:443");
    let back = 0;
    socket.on("data", (part) => {
      back += part.length;
    });
    socket.write(Buffer.alloc(300_000));
    await closed(socket);
    expect(back).toBeLessThan(200_000);
  });
});

describe("a target", () => {
  it.each([
    ["smith.family:443", { host: "smith.family", port: 443, literal: false }],
    ["Matrix.ORG:8448", { host: "matrix.org", port: 8448, literal: false }],
    ["xn--mnchen-3ya.de:443", { host: "xn--mnchen-3ya.de", port: 443, literal: false }],
    ["93.184.215.14:8448", { host: "93.184.215.14", port: 8448, literal: true }],
    ["[2606:2800:21f::1]:443", { host: "2606:2800:21f::1", port: 443, literal: true }],
  ])("is read from %s", (text, target) => {
    expect(readTarget(text)).toEqual(target);
  });
});

describe("a public address", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
  ])("is %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each(["", "x", "1.1.1", "1.1.1.1.1", "2606:4700::1111%eth0", "::ffff:1.1.1.1"])("is not %j", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("the relay's settings", () => {
  it("name every problem at once", () => {
    const env = { NODE_ENV: "test", RELAY_PORT: "no", EDGE_LOOPBACK: "somewhere" } as const;
    expect(() => readRelaySettings(env)).toThrow(/RELAY_PORT[\s\S]*EDGE_ADDRESSES[\s\S]*EDGE_LOOPBACK/);
  });
});
