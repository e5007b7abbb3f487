import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { connect } from "node:net";
import Cloudflare from "cloudflare";
import type { RecordCreateParams } from "cloudflare/resources/dns/records";
import { decode, encode, type Packet, RECURSION_DESIRED } from "dns-packet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keys, Running } from "../testing.ts";

const running = new Running();
let zone_id: string;
let client: Cloudflare;
const resolver = () => {
  const own = new Resolver({ timeout: 500, tries: 1 });
  own.setServers([`127.0.0.1:${running.dnsPort}`]);
  return own;
};
const create = (record: object) =>
  client.dns.records.create({ zone_id, ttl: 1, ...record } as unknown as RecordCreateParams);

beforeAll(async () => {
  await running.start();
  client = new Cloudflare({ apiToken: keys.token, baseURL: `${running.url}/client/v4`, maxRetries: 0 });
  zone_id = (await client.zones.create({ account: { id: keys.account }, name: "zone.example" })).id;
  const records = [
    { type: "A", name: "@", content: "192.0.2.1" },
    { type: "A", name: "@", content: "192.0.2.2" },
    { type: "AAAA", name: "@", content: "2001:db8::1" },
    { type: "CNAME", name: "www", content: "zone.example" },
    { type: "CNAME", name: "away", content: "elsewhere.test" },
    { type: "CNAME", name: "loop", content: "pool.zone.example" },
    { type: "CNAME", name: "pool", content: "loop.zone.example" },
    { type: "TXT", name: "@", content: `long ${"é".repeat(200)}` },
    { type: "MX", name: "@", content: "mail.zone.example", priority: 10 },
    { type: "CAA", name: "@", data: { flags: 0, tag: "issue", value: "letsencrypt.org" } },
    { type: "SRV", name: "_matrix-fed._tcp", data: { priority: 1, weight: 2, port: 8448, target: "zone.example" } },
    { type: "A", name: "deep.below", content: "192.0.2.3", ttl: 77 },
    { type: "A", name: "*.wild", content: "192.0.2.4" },
    { type: "NS", name: "given", content: "ns.elsewhere.test" },
  ];
  for (const record of records) await create(record);
});
afterAll(() => running.stop());

const failing = async (asked: Promise<unknown>) =>
  asked.then(
    () => "answered",
    (error: NodeJS.ErrnoException) => error.code,
  );

describe("a resolver", () => {
  test("gets each kind of record", async () => {
    const dns = resolver();
    expect((await dns.resolve4("zone.example")).sort()).toEqual(["192.0.2.1", "192.0.2.2"]);
    expect(await dns.resolve6("zone.example")).toEqual(["2001:db8::1"]);
    expect(await dns.resolveCname("www.zone.example")).toEqual(["zone.example"]);
    // Node gives each byte of a text as a letter.
    const texts = (await dns.resolveTxt("zone.example")).map((parts) =>
      Buffer.from(parts.join(""), "latin1").toString(),
    );
    expect(texts).toEqual([`long ${"é".repeat(200)}`]);
    expect(await dns.resolveMx("zone.example")).toMatchObject([{ exchange: "mail.zone.example", priority: 10 }]);
    expect(await dns.resolveCaa("zone.example")).toMatchObject([{ critical: 0, issue: "letsencrypt.org" }]);
    expect(await dns.resolveSrv("_matrix-fed._tcp.zone.example")).toMatchObject([
      { name: "zone.example", port: 8448, priority: 1, weight: 2 },
    ]);
    expect((await dns.resolveNs("zone.example")).sort()).toEqual(["ada.ns.sandbox.test", "rob.ns.sandbox.test"]);
    expect(await dns.resolveSoa("zone.example")).toMatchObject({ nsname: "ada.ns.sandbox.test" });
  });

  test("is led along aliases, and not in circles", async () => {
    expect((await resolver().resolve4("www.zone.example")).sort()).toEqual(["192.0.2.1", "192.0.2.2"]);
    expect(await resolver().resolve4("loop.zone.example")).toEqual([]);
  });

  test("is told the time to live, five minutes when it is automatic", async () => {
    const [deep] = await resolver().resolve4("deep.below.zone.example", { ttl: true });
    const [top] = await resolver().resolve4("zone.example", { ttl: true });
    expect([deep?.ttl, top?.ttl]).toEqual([77, 300]);
  });

  test("learns that a name is not there, or has no such record, or is not ours", async () => {
    expect(await failing(resolver().resolve4("nobody.zone.example"))).toBe("ENOTFOUND");
    expect(await failing(resolver().resolve6("deep.below.zone.example"))).toBe("ENODATA");
    expect(await failing(resolver().resolve4("below.zone.example"))).toBe("ENODATA");
    expect(await failing(resolver().resolve4("elsewhere.test"))).toBe("EREFUSED");
  });

  test("finds any name under a star, but not the star's own parent", async () => {
    expect(await resolver().resolve4("any.thing.wild.zone.example")).toEqual(["192.0.2.4"]);
    expect(await failing(resolver().resolve4("wild.zone.example"))).toBe("ENODATA");
  });

  test("sees a change at once, whatever it was told before", async () => {
    const dns = resolver();
    expect(await failing(dns.resolve4("new.zone.example"))).toBe("ENOTFOUND");
    const { id } = await create({ type: "A", name: "new", content: "192.0.2.9" });
    expect(await dns.resolve4("new.zone.example")).toEqual(["192.0.2.9"]);
    await client.dns.records.delete(id, { zone_id });
    expect(await failing(dns.resolve4("new.zone.example"))).toBe("ENOTFOUND");
  });

  test("gets what an alias at the top of a zone leads to, in its place", async () => {
    const flat = await client.zones.create({ account: { id: keys.account }, name: "flat.example" });
    await client.dns.records.create({ zone_id: flat.id, type: "CNAME", name: "@", ttl: 1, content: "zone.example" });
    expect((await resolver().resolve4("flat.example")).sort()).toEqual(["192.0.2.1", "192.0.2.2"]);
    expect(await failing(resolver().resolveCname("flat.example"))).toBe("ENODATA");
  });
});

function overUdp(message: Buffer): Promise<Buffer | undefined> {
  const socket = createSocket("udp4");
  return new Promise((resolve) => {
    // Silence for a fifth of a second on one machine is silence.
    const silent = setTimeout(() => done(undefined), 200);
    const done = (answer: Buffer | undefined) => {
      clearTimeout(silent);
      socket.close();
      resolve(answer);
    };
    socket.on("message", done);
    socket.send(message, running.dnsPort, "127.0.0.1");
  });
}

/** Sends the pieces one after another and gathers everything until `count` answers came or the other side hung up. */
function overTcp(pieces: readonly Buffer[], count: number): Promise<Buffer[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(running.dnsPort, "127.0.0.1");
    let got = Buffer.alloc(0);
    const answers: Buffer[] = [];
    socket.on("data", (chunk) => {
      got = Buffer.concat([got, chunk]);
      while (got.length >= 2 && got.length >= 2 + got.readUInt16BE(0)) {
        answers.push(got.subarray(2, 2 + got.readUInt16BE(0)));
        got = got.subarray(2 + got.readUInt16BE(0));
      }
      if (answers.length === count) socket.end();
    });
    socket.on("close", () => resolve(answers));
    socket.on("error", reject);
    socket.on("connect", async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((next) => setTimeout(next, 10));
      }
    });
  });
}

const ask = (name: string, type: string, more: Partial<Packet> = {}) =>
  encode({
    type: "query",
    id: 7,
    flags: RECURSION_DESIRED,
    questions: [{ name, type: type as "A", class: "IN" }],
    ...more,
  });
const framed = (message: Buffer) => Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]);
const rcode = (answer: Buffer | undefined) => (answer ? answer.readUInt16BE(2) & 0x0f : "silence");

describe("on the wire", () => {
  test("an answer is authoritative, repeats the question as it was written, and offers no recursion", async () => {
    const answer = decode((await overUdp(ask("ZoNe.ExAmPlE", "AAAA"))) ?? Buffer.alloc(0));
    expect(answer).toMatchObject({ id: 7, flag_qr: true, flag_aa: true, flag_rd: true, flag_ra: false });
    expect(answer.questions?.[0]?.name).toBe("ZoNe.ExAmPlE");
    expect(answer.answers).toMatchObject([{ name: "ZoNe.ExAmPlE", data: "2001:db8::1" }]);
  });

  test("a denial carries the zone's SOA, which says how long it holds", async () => {
    for (const [name, code] of [
      ["nobody.zone.example", 3],
      ["deep.below.zone.example", 0],
    ] as const) {
      const answer = await overUdp(ask(name, "MX"));
      expect(rcode(answer)).toBe(code);
      expect(decode(answer ?? Buffer.alloc(0)).authorities).toMatchObject([
        { type: "SOA", name: "zone.example", data: { minimum: 1800 } },
      ]);
    }
  });

  test("an answer over 512 bytes is cut short on UDP and whole on TCP, unless the asker has more room", async () => {
    for (let n = 0; n < 4; n++) await create({ type: "TXT", name: "big", content: `${n}${"x".repeat(200)}` });
    const plain = decode((await overUdp(ask("big.zone.example", "TXT"))) ?? Buffer.alloc(0));
    expect([plain.flag_tc, plain.answers?.length]).toEqual([true, 0]);
    const [whole] = await overTcp([framed(ask("big.zone.example", "TXT"))], 1);
    expect(decode(whole ?? Buffer.alloc(0)).answers).toHaveLength(4);
    const opt = {
      type: "OPT",
      name: ".",
      udpPayloadSize: 4096,
      extendedRcode: 0,
      ednsVersion: 0,
      flags: 0,
      flag_do: false,
      options: [],
    } as const;
    const roomy = decode(
      (await overUdp(ask("big.zone.example", "TXT", { additionals: [{ ...opt, options: [] }] }))) ?? Buffer.alloc(0),
    );
    expect([roomy.flag_tc, roomy.answers?.length]).toEqual([false, 4]);
    expect(roomy.additionals).toMatchObject([{ type: "OPT", udpPayloadSize: 1232 }]);
    expect((await resolver().resolveTxt("big.zone.example")).length).toBe(4);
  });

  test("several questions on one connection are each answered, in whatever pieces they come", async () => {
    const stream = Buffer.concat([framed(ask("zone.example", "A")), framed(ask("zone.example", "AAAA"))]);
    const answers = await overTcp([stream.subarray(0, 1), stream.subarray(1, 20), stream.subarray(20)], 2);
    expect(answers.map((answer) => decode(answer).answers?.length)).toEqual([2, 1]);
  });

  test("a part of the zone given to others is referred to them", async () => {
    const answer = decode((await overUdp(ask("www.given.zone.example", "A"))) ?? Buffer.alloc(0));
    expect(answer).toMatchObject({
      flag_aa: false,
      answers: [],
      authorities: [{ type: "NS", name: "given.zone.example", data: "ns.elsewhere.test" }],
    });
  });

  test("an alias that leads out of our zones is answered as far as we know it", async () => {
    const answer = decode((await overUdp(ask("away.zone.example", "A"))) ?? Buffer.alloc(0));
    expect(answer).toMatchObject({ answers: [{ type: "CNAME", data: "elsewhere.test" }], authorities: [] });
  });

  test.each([["ANY"], ["UNKNOWN_65"]])("a question for %s has a proper answer", async (type) => {
    expect(rcode(await overUdp(ask("zone.example", type)))).toBe(0);
  });

  test("what is no question is refused or ignored, and the next question answered", async () => {
    const notIn = ask("zone.example", "A", { questions: [{ name: "zone.example", type: "A", class: "CH" }] });
    const update = Buffer.from(ask("zone.example", "A"));
    update.writeUInt16BE(5 << 11, 2);
    const odd = Buffer.concat([
      ask("zone.example", "A").subarray(0, 12),
      Buffer.from([3, 0xff, 0x2e, 0x00, 0, 0, 1, 0, 1]),
    ]);
    expect(rcode(await overUdp(notIn))).toBe(5);
    expect(rcode(await overUdp(update))).toBe(4);
    expect(rcode(await overUdp(odd))).toBe(5);
    expect(rcode(await overUdp(ask("zone.example", "A", { questions: [] })))).toBe(1);
    expect(rcode(await overUdp(Buffer.concat([ask("zone.example", "A").subarray(0, 12), Buffer.alloc(3, 0xff)])))).toBe(
      1,
    );
    expect(rcode(await overUdp(Buffer.from("short")))).toBe("silence");
    expect(rcode(await overUdp(encode({ type: "response", id: 1, questions: [] })))).toBe("silence");
    expect(await overTcp([framed(Buffer.from("rubbish"))], 1)).toEqual([]);
    expect(rcode(await overUdp(ask("zone.example", "A")))).toBe(0);
  });

  test("a thousand packets of noise stop nothing", async () => {
    const socket = createSocket("udp4");
    for (let n = 0; n < 1000; n++) {
      const noise = Buffer.from(
        Array.from({ length: (n * 7) % 90 }, (_, at) => (n * 131 + at * 37 + ((n * at) % 11)) & 255),
      );
      await new Promise((sent) => socket.send(noise, running.dnsPort, "127.0.0.1", sent));
      // Both ends live in this process: without a turn for the server, the kernel drops what it has no room for.
      await new Promise((turn) => setImmediate(turn));
    }
    socket.close();
    expect((await resolver().resolve4("zone.example")).length).toBe(2);
  });

  test("a zone that is deleted is no longer answered for", async () => {
    const { id } = await client.zones.create({ account: { id: keys.account }, name: "short.example" });
    expect(rcode(await overUdp(ask("short.example", "SOA")))).toBe(0);
    await client.zones.delete({ zone_id: id });
    expect(rcode(await overUdp(ask("short.example", "SOA")))).toBe(5);
  });
});
