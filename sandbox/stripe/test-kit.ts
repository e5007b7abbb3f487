import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "@/lib/clock.ts";
import { systemIds } from "@/lib/ids.ts";
import { listen } from "@/sandbox/shared/serve.ts";
import { testFolder } from "@/sandbox/shared/test-folder.ts";
import { openStripe, type StripeSettings } from "./service.ts";

/** What the tests of this folder share: a stand-in on a free port, an endpoint for its events, a payer without a browser. */
export const keys = { full: "sk_test_full_power_key_0001", web: "rk_test_web_only_key_0002" };
export const webhookSecret = "whsec_for_tests_only";

export const freshFolder = (): string => testFolder("stripe");

/** The real clock, which a test may push on. */
export function movableClock(): Clock & { push(seconds: number): void } {
  let ahead = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + ahead * 1000),
    sleep: systemClock.sleep,
    push: (seconds) => {
      ahead += seconds;
    },
  };
}

/**
 * In seconds: after the longest month, and two hours more, whatever month it is one more period has begun by itself and its bill was
 * charged, which the vendor does an hour after drawing it. Who passes more cannot tell how many.
 */
export const monthAndBill = 31 * 86_400 + 2 * 3600;

export async function startStripe(given: Partial<StripeSettings> = {}, clock: Clock = systemClock) {
  // The port is only known once it listens, but sessions carry it in their addresses.
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const settings = { dataFolder: freshFolder(), publicUrl: url, keys, endpoint: undefined, ...given };
  const service = openStripe(settings, clock, systemIds);
  const server = await listen(service.app, port);
  let closed = false;
  const tell = async (path: string, body: object, method = "POST") => {
    const answer = await fetch(`http://127.0.0.1:${port}/_sandbox${path}`, { method, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    port,
    settings,
    /** Written for a payer, reached over IPv4. */
    at: (path: string) => `http://127.0.0.1:${port}${path}`,
    tell,
    /** How often a thing happened, by the ledger. */
    count: async (kind: string): Promise<number> => {
      const answer = await fetch(`http://127.0.0.1:${port}/_sandbox/ledger?kind=${kind}`);
      return ((await answer.json()) as unknown[]).length;
    },
    /** May be called again, as a test that restarts the stand-in does. */
    close: async (): Promise<void> => {
      if (closed) return;
      closed = true;
      await service.close();
      await server.close();
    },
  };
}
export type Running = Awaited<ReturnType<typeof startStripe>>;

/** Ports 4550 to 4599 belong to these tests: ten for each of the runner's workers, taken in turn, as a client may hold on to an old connection. */
const perWorker = 10;
const first = 4550 + ((Number(process.env["VITEST_POOL_ID"] ?? 1) - 1) % 5) * perWorker;
let turn = 0;

async function freePort(): Promise<number> {
  for (let tries = 0; tries < perWorker; tries++) {
    const port = first + (turn++ % perWorker);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error(`no port from ${first} on is free`);
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** An endpoint for events, which answers as `answers` says (one status after another, then 200). */
export async function startEndpoint(...answers: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8"), at: performance.now() });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    types: () => received.map(({ body }) => String((JSON.parse(body) as { type: string }).type)),
    endpoint: { url: `http://127.0.0.1:${port}/api/stripe`, secret: webhookSecret },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a payer types who makes no mistake. */
export const typed = {
  email: "anna@example.org",
  expiry: "04 / 39",
  cvc: "123",
  name: "Anna Smith",
  country: "GB",
  postcode: "AB1 2CD",
};

/** Sends the form of a payment page, without following where it leads. */
export const submit = (stripe: Running, session: string, card: string, other: Partial<typeof typed> = {}) =>
  fetch(stripe.at(`/c/pay/${session}`), {
    method: "POST",
    body: new URLSearchParams({ ...typed, ...other, card }),
    redirect: "manual",
  });

export const confirm = (stripe: Running, session: string, answer: "no" | "yes") =>
  fetch(stripe.at(`/c/pay/${session}/confirm`), {
    method: "POST",
    body: new URLSearchParams({ answer }),
    redirect: "manual",
  });
