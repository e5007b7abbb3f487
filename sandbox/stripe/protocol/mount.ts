import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Clock } from "@/lib/clock.ts";
import type { Ids } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { type FailureWords, type Faults, faultMiddleware } from "@/sandbox/shared/faults.ts";
import type { Recorder } from "@/sandbox/shared/record.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import type { ObjectName } from "../objects/index.ts";
import type { Store } from "../state/store.ts";
import type { Work } from "../state/work.ts";
import { ApiError, broken, docUrl, invalid, noSuchUrl, notPermitted, tooMany } from "./errors.ts";
import { expandAnswer } from "./expand.ts";
import { decodeForm, type Form } from "./form.ts";
import { fingerprintOf, idempotency } from "./idempotency.ts";
import { includedList } from "./included.ts";
import { type Keys, type Power, powerOf } from "./keys.ts";
import { shortened } from "./lists.ts";
import { readParams } from "./refusals.ts";
import type { Route } from "./route.ts";
import { apiVersion } from "./version.ts";

/** Who sent a request, and the number it was given. */
interface Asker {
  readonly power: Power;
  readonly request: string;
}

export interface ApiParts {
  readonly store: Store;
  readonly keys: Keys;
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Stripe's API: protocol around the routes. Before the first route runs, `beforeEach` brings the state up to the clock. */
export function mountApi(routes: readonly Route[], parts: ApiParts, beforeEach: () => void): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const askers = new WeakMap<Request, Asker>();
  app.onError((error, c) => {
    if (error instanceof ApiError) return errorAnswer(c, error);
    log.error({ err: error }, "the Stripe stand-in has a bug");
    return errorAnswer(c, new ApiError(500, { type: "api_error", message: "The stand-in failed; see its log." }));
  });
  app.use("/v1/*", parts.recorder.middleware, greet(parts, askers));
  app.use("/v1/*", idempotency(parts.store.state, parts.clock));
  const on = faultMiddleware(parts.faults, words, parts.clock);
  for (const route of routes) {
    app.on(route.method, `/v1${route.path}`, on(route.call), async (c) => {
      const asker = askers.get(c.req.raw);
      if (!asker) throw new Error("a request reached its route without being greeted");
      beforeEach();
      return answer(c, route, asker, parts.store);
    });
  }
  app.all("/v1/*", (c) => errorAnswer(c, noSuchUrl(c.req.method, c.req.path)));
  return app;
}

/** Who asks, in which version, and what every answer carries. */
const greet =
  ({ keys, ids }: ApiParts, askers: WeakMap<Request, Asker>): MiddlewareHandler<SandboxEnv> =>
  (c, next) => {
    const request = ids.id("req");
    c.header("Request-Id", request);
    c.header("Stripe-Version", apiVersion);
    const key = c.req.header("idempotency-key");
    if (key !== undefined) c.header("Idempotency-Key", key);
    askers.set(c.req.raw, { power: powerOf(c.req.header("authorization"), keys), request });
    const asked = c.req.header("stripe-version") ?? apiVersion;
    if (asked !== apiVersion)
      throw invalid(`Invalid Stripe API version: ${asked}. The sandbox's stand-in speaks ${apiVersion}.`);
    return next();
  };

async function answer(
  c: Context<SandboxEnv>,
  route: Route,
  { power, request }: Asker,
  store: Store,
): Promise<Response> {
  const body = await c.req.text();
  const { expand, ...given } = { ...decodeForm(new URL(c.req.url).search.slice(1)), ...decodeForm(body) } as Form;
  const paths = expandPaths(expand);
  if (power !== "full") allowed(route, paths);
  const params = readParams(route.params, given);
  const key = c.req.method === "POST" ? c.req.header("idempotency-key") : undefined;
  const about = store.state.momentOf(idsIn(c, params));
  const { status, text } = store.run(
    { id: request, idempotency_key: key ?? null },
    (work) => {
      const result = route.run({ work, state: store.state, params, id: c.req.param("id") ?? "" });
      // What the caller will see is what is kept for the next request with this key, a planned 500 included.
      const seen = c.get("fault")?.kind === "500-after" ? broken() : result;
      if (route.dry) work.forget();
      const said =
        seen instanceof ApiError ? failure(seen) : { status: 200, text: jsonOf(expanded(seen, paths, work)) };
      if (key !== undefined) {
        const fingerprint = fingerprintOf("POST", c.req.path, body);
        work.note({ kind: "idempotency.saved", key, fingerprint, status: said.status, body: said.text, request });
      }
      return said;
    },
    about,
  );
  return c.body(text, status as 200, { "Content-Type": "application/json" });
}

/** What a request is about: where that lives by a test clock, the request comes at that clock's time. */
function idsIn(c: Context<SandboxEnv>, params: object): string[] {
  // Payment pages open and run out by the real time.
  if (c.req.path.startsWith("/v1/checkout/")) return [];
  const named = ["customer", "subscription", "invoice", "charge", "payment_intent", "test_clock"];
  const given = Object.entries(params).flatMap(([key, value]) =>
    named.includes(key) && typeof value === "string" ? [value] : [],
  );
  return [...(c.req.param("id") === undefined ? [] : [String(c.req.param("id"))]), ...given];
}

/** A restricted key sees nothing beyond its own few calls, so it expands only what a session holds itself. */
function allowed(route: Route, paths: readonly string[]): void {
  if (!route.web) throw notPermitted(route.permission);
  const beyond = paths.find((path) => path !== "line_items");
  if (beyond !== undefined) throw notPermitted(`rak_${beyond.split(".")[0]}_read`);
}

function expandPaths(expand: unknown): readonly string[] {
  if (expand === undefined || expand === "") return [];
  const paths = typeof expand === "object" && expand !== null ? Object.values(expand) : [expand];
  if (paths.every((path) => typeof path === "string")) return paths;
  throw invalid("Invalid expand: must be a list of property names", { param: "expand" });
}

const expanded = (result: object, paths: readonly string[], work: Work): object =>
  shortened(
    expandAnswer(result, paths, {
      find: (name: ObjectName, id) => work.find(name, id),
      include: (owner, list) => includedList(work, owner, list),
    }),
  );

/** Stripe writes its JSON over several lines. */
const jsonOf = (value: object): string => JSON.stringify(value, null, 2);

const failure = (error: ApiError) => ({ status: error.status, text: jsonOf({ error: error.body }) });

function errorAnswer(c: Context<SandboxEnv>, error: ApiError): Response {
  return c.body(jsonOf({ error: error.body }), error.status as 400, { "Content-Type": "application/json" });
}

const words: FailureWords = {
  refused: (c, fault) => {
    const message = fault.words ?? "The request was refused (planned in the sandbox).";
    const status = fault.status ?? 400;
    const card =
      status === 402
        ? { type: "card_error" as const, code: "card_declined", doc_url: docUrl("card_declined") }
        : { type: "invalid_request_error" as const };
    return errorAnswer(c, new ApiError(status, { ...card, message }));
  },
  broken: (c) => errorAnswer(c, broken()),
  tooMany: (c, retryAfter) => {
    c.header("Retry-After", String(retryAfter));
    return errorAnswer(c, tooMany());
  },
};
