import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { MiddlewareHandler } from "hono";
import type { Clock } from "@/lib/clock.ts";
import type { SandboxEnv } from "./serve.ts";

/** One request and its answer, as the checker of API descriptions reads it. No status means that no answer was sent. */
export interface Exchange {
  readonly vendor: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: string | undefined;
  readonly status?: number | undefined;
  readonly responseHeaders?: Readonly<Record<string, string>> | undefined;
  readonly responseBody?: string | undefined;
  /** The planned fault that was met, so that a broken answer can be told from a wrong one. */
  readonly fault?: string | undefined;
}

export interface Recorder {
  write(exchange: Omit<Exchange, "vendor">): void;
  /** Records every exchange of the routes it is used on. Must be the outermost middleware. */
  readonly middleware: MiddlewareHandler<SandboxEnv>;
}

/** Appends to `<folder>/<vendor>.jsonl`; writes nothing when there is no folder. */
export function openRecorder(vendor: string, folder: string | undefined, clock: Clock): Recorder {
  if (folder === undefined) return { write: () => undefined, middleware: (_, next) => next() };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${vendor}.jsonl`);
  const write: Recorder["write"] = (exchange) => {
    const masked = { ...exchange, requestHeaders: mask(exchange.requestHeaders) };
    const responseHeaders = exchange.responseHeaders && mask(exchange.responseHeaders);
    const line = { ts: clock.now().toISOString(), vendor, ...masked, responseHeaders };
    appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  };
  return { write, middleware: recording(write) };
}

const recording =
  (write: Recorder["write"]): MiddlewareHandler<SandboxEnv> =>
  async (c, next) => {
    const url = new URL(c.req.url);
    const asked = {
      method: c.req.method,
      url: url.pathname + url.search,
      requestHeaders: Object.fromEntries(c.req.raw.headers),
      requestBody: (await c.req.text()) || undefined,
    };
    await next();
    const fault = c.get("fault")?.kind;
    if (fault === "timeout-before" || fault === "timeout-after") return write({ ...asked, fault });
    const responseBody = (await c.res.clone().text()) || undefined;
    write({ ...asked, status: c.res.status, responseHeaders: Object.fromEntries(c.res.headers), responseBody, fault });
  };

const secret = new Set(["authorization", "cookie", "set-cookie", "x-auth-key", "x-auth-user-service-key"]);

/** Keeps a credential's kind (`Bearer`) and hides the rest. */
const mask = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secret.has(name.toLowerCase()) ? value.replace(/^(\w+\s+)?.*$/s, "$1***") : value,
    ]),
  );
