import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "@/lib/clock.ts";
import { systemIds } from "@/lib/ids.ts";
import { openLedger } from "@/sandbox/shared/ledger.ts";
import { openRecorder } from "@/sandbox/shared/record.ts";
import { type Listening, listen } from "@/sandbox/shared/serve.ts";
import { cloudflare } from "./app.ts";
import { serveDns } from "./dns/server.ts";
import type { Happening } from "./happenings.ts";

export const keys = { account: "acc0", token: "all-powerful", searchToken: "only-looking" };

/** A registrant whom every ending accepts. */
export const anna = {
  email: "anna@example.org",
  phone: "+44.2079460000",
  postal_info: {
    name: "Anna Smith",
    address: { street: "1 Green Lane", city: "Bath", state: "Somerset", postal_code: "BA1 1AA", country_code: "GB" },
  },
};

/** Time that only moves when it is told to. */
export class TestClock implements Clock {
  #now = Date.parse("2026-11-24T12:00:00Z");
  now(): Date {
    return new Date(this.#now);
  }
  sleep(ms: number): Promise<void> {
    this.pass(ms);
    return Promise.resolve();
  }
  pass(ms: number): void {
    this.#now += ms;
  }
}

/** A stand-in of one test file's own, on free ports. */
export class Running {
  readonly folder = mkdtempSync(join(tmpdir(), "cloudflare-"));
  readonly clock = new TestClock();
  readonly record = join(this.folder, "record");
  url = "";
  dnsPort = 0;
  #parts: Listening[] = [];

  async start(): Promise<this> {
    const ledger = openLedger<Happening>(join(this.folder, "ledger.jsonl"), this.clock);
    const recorder = openRecorder("cloudflare", this.record, this.clock);
    const { app, world } = cloudflare({ keys, ledger, recorder, clock: this.clock, ids: systemIds });
    const [http, dns] = [await listen(app, 0), await serveDns(world, 0)];
    this.#parts = [http, dns];
    this.url = `http://127.0.0.1:${http.port}`;
    this.dnsPort = dns.port;
    return this;
  }

  async restart(): Promise<void> {
    await this.#close();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#close();
    rmSync(this.folder, { recursive: true });
  }

  async control(method: string, path: string, body?: object): Promise<Response> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return fetch(`${this.url}/_sandbox${path}`, init);
  }

  async count(kind: string): Promise<number> {
    return ((await (await this.control("GET", `/ledger?kind=${kind}`)).json()) as unknown[]).length;
  }

  async #close(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.close()));
  }
}
