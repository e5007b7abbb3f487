import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import type { Clock } from "@/lib/clock.ts";
import type { SandboxEnv } from "./serve.ts";

export const faultKinds = [
  /** A 4xx in the vendor's own words; nothing is done. */
  "refuse",
  /** Nothing is done, and no answer ever comes. */
  "timeout-before",
  /** It is done, and no answer ever comes. */
  "timeout-after",
  "500-before",
  "500-after",
  "429",
  /** Done and answered, but only after `ms`. */
  "slow",
  /** It is done, and the answer breaks off in the middle. */
  "malformed",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const plannedFault = z.strictObject({
  /** A stable name such as `registrations.create`; `*` is any call. */
  call: z.string().min(1),
  kind: z.enum(faultKinds),
  times: z.int().min(1).default(1),
  /** How long to hold the request first, in milliseconds; at most ten minutes. */
  ms: z.int().min(0).max(600_000).default(0),
  /** Matching calls to let pass first. */
  skip: z.int().min(0).default(0),
  /** For `refuse`: another status than the vendor's usual one, and the vendor's words. */
  status: z.int().min(400).max(499).optional(),
  words: z.string().optional(),
});
export type Fault = z.output<typeof plannedFault>;

/** The faults still to come, oldest first. They are a plan and not something that happened: a restart forgets them. */
export class Faults {
  readonly #planned: Fault[] = [];

  plan(fault: Fault): void {
    this.#planned.push({ ...fault });
  }

  list(): readonly Fault[] {
    return this.#planned.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#planned.length = 0;
  }

  /** The fault this call meets, counted down; undefined when it may go well. */
  take(call: string): Fault | undefined {
    for (const fault of this.#planned) {
      if (fault.call !== "*" && fault.call !== call) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      if (fault.times === 0) this.#planned.splice(this.#planned.indexOf(fault), 1);
      return { ...fault };
    }
    return undefined;
  }
}

/** How a vendor words its failures. `retryAfter` is in seconds. */
export interface FailureWords {
  refused(c: Context<SandboxEnv>, fault: Fault): Response;
  broken(c: Context<SandboxEnv>): Response;
  tooMany(c: Context<SandboxEnv>, retryAfter: number): Response;
}

/** Long enough to be read, short enough for a test to sit out. */
const retryAfter = 1;

/** Makes middleware for one named call: `app.post(path, misbehave("registrations.create"), handler)`. */
export function faultMiddleware(faults: Faults, words: FailureWords, clock: Clock) {
  return (call: string): MiddlewareHandler<SandboxEnv> =>
    async (c, next) => {
      const fault = faults.take(call);
      if (!fault) return next();
      c.set("fault", fault);
      await clock.sleep(fault.ms);
      const instead = before(fault, words, c);
      if (instead) return instead;
      await next();
      await after(fault, words, c);
    };
}

function before(fault: Fault, words: FailureWords, c: Context<SandboxEnv>): Response | undefined {
  if (fault.kind === "refuse") return words.refused(c, fault);
  if (fault.kind === "500-before") return words.broken(c);
  if (fault.kind === "429") return words.tooMany(c, retryAfter);
  if (fault.kind === "timeout-before") return hangUp(c);
  return undefined;
}

async function after(fault: Fault, words: FailureWords, c: Context<SandboxEnv>): Promise<void> {
  if (fault.kind === "500-after") c.res = words.broken(c);
  if (fault.kind === "timeout-after") c.res = hangUp(c);
  if (fault.kind === "malformed") c.res = await brokenOff(c.res);
}

/** Ends the connection without a word. */
export function hangUp(c: Context<SandboxEnv>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** The same answer, with half of its text. */
async function brokenOff(whole: Response): Promise<Response> {
  const text = await whole.text();
  const headers = new Headers(whole.headers);
  headers.delete("content-length");
  return new Response(text.slice(0, Math.ceil(text.length / 2)), { status: whole.status, headers });
}
