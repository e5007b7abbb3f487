import { createHash } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { type Ctx, readBody, refuse, succeed } from "../envelope.ts";
import { cursorPage, numberIn, sorted } from "../paging.ts";
import type { Registration, World } from "../world.ts";
import { askRegistry, describe } from "./ask-registry.ts";
import { describeExtension, extensions } from "./extensions.ts";
import { parseName } from "./names.ts";
import { presentRegistration, presentUpdate, presentWorkflow } from "./present.ts";
import { noteArrival, type Outcomes, register } from "./register.ts";
import { suggest } from "./search.ts";

export interface Registrar {
  readonly world: World;
  readonly outcomes: Outcomes;
  readonly account: string;
  /** Middleware that lets a named call meet its planned fault. */
  readonly call: (name: string) => MiddlewareHandler<SandboxEnv>;
}

/** Everything under `/accounts/{account}/registrar`. */
export function registrarRoutes({ world, outcomes, account, call }: Registrar): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.post("/domain-check", call("registrar.check"), (c) => check(world, c));
  app.get("/domain-search", call("registrar.search"), (c) => search(world, c));
  app.get("/extensions", call("extensions.list"), listExtensions);
  app.get("/extensions/:extension", call("extensions.get"), getExtension);
  app.post(
    "/registrations",
    async (c, next) => {
      await noteArrival(world, c);
      await next();
    },
    call("registrations.create"),
    (c) => register(world, outcomes, account, c),
  );
  app.get("/registrations", call("registrations.list"), (c) => list(world, c));
  app.get("/registrations/:name", call("registrations.get"), (c) =>
    succeed(c, presentRegistration(world, nameOf(c)) ?? missing(c)),
  );
  app.patch("/registrations/:name", call("registrations.edit"), (c) => edit(world, account, c));
  app.get("/registrations/:name/registration-status", call("registrationStatus.get"), (c) => {
    const workflow = world.workflows.get(nameOf(c)) ?? missing(c);
    return succeed(c, presentWorkflow(world, account, nameOf(c), workflow));
  });
  app.get("/registrations/:name/update-status", call("updateStatus.get"), (c) =>
    succeed(c, presentUpdate(world, account, nameOf(c), owned(world, c))),
  );
  return app;
}

/** Twenty names a request is the published limit; malformed ones are left out of the answer. */
const checkBody = z.object({ domains: z.array(z.string()).min(1).max(20) });
async function check(world: World, c: Ctx): Promise<Response> {
  const { domains } = await readBody(c, checkBody);
  const answers = domains.map((name) => askRegistry(world, name)).filter((answer) => answer !== undefined);
  return succeed(c, { domains: answers.map(describe) });
}

function search(world: World, c: Ctx): Response {
  const q = c.req.query("q") ?? "";
  if (q.trim() === "") throw refuse(400, "q is required.");
  const only = [...(c.req.queries("extensions") ?? []), ...(c.req.queries("extensions[]") ?? [])];
  const limit = numberIn(c, "limit", { usual: 20, least: 1, most: 50 });
  const domains = suggest(world, { q, only, limit });
  if (!domains) throw refuse(400, "Searching with just a domain extension is not supported.");
  return succeed(c, { domains });
}

function listExtensions(c: Ctx): Response {
  const wanted = c.req.query("name");
  const found = Object.keys(extensions).filter((name) => wanted === undefined || name === wanted);
  const { items, info } = cursorPage(
    c,
    sorted(c, found, (name) => name),
    (name) => name,
  );
  const described = items.flatMap((name) => (extensions[name] ? [describeExtension(name, extensions[name])] : []));
  return unlessKnown(c, described, info);
}

function getExtension(c: Ctx): Response {
  const name = c.req.param("extension") ?? "";
  const asked = Object.hasOwn(extensions, name) ? extensions[name] : undefined;
  if (!asked) throw refuse(404, `The extension ${name} is not supported.`);
  return unlessKnown(c, describeExtension(name, asked));
}

/** 304 when the caller has this very answer already. */
function unlessKnown(c: Ctx, result: unknown, info?: object): Response {
  const etag = `"${createHash("sha256")
    .update(JSON.stringify([result, info]))
    .digest("base64url")
    .slice(0, 27)}"`;
  c.header("ETag", etag);
  const known = (c.req.header("if-none-match") ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (known.includes(etag)) return c.body(null, 304);
  return succeed(c, result, info ? { info } : {});
}

function list(world: World, c: Ctx): Response {
  const names = [...new Set([...world.registrations.keys(), ...world.workflows.keys()])];
  const all = names.map((name) => presentRegistration(world, name)).filter((one) => one !== undefined);
  const by = c.req.query("sort_by") ?? "registry_created_at";
  const text = { name: "domain_name", registry_expires_at: "expires_at", registry_created_at: "created_at" }[by] as
    | "domain_name"
    | "expires_at"
    | "created_at"
    | undefined;
  if (!text) throw refuse(400, "sort_by must be registry_created_at, registry_expires_at or name.");
  const { items, info } = cursorPage(
    c,
    sorted(c, all, (one) => `${one[text] ?? ""} ${one.domain_name}`),
    (one) => one.domain_name,
  );
  return succeed(c, items, { info });
}

/** Only the automatic renewal can be changed. */
const editBody = z.strictObject({ auto_renew: z.boolean() });
async function edit(world: World, account: string, c: Ctx): Promise<Response> {
  owned(world, c);
  const { auto_renew } = await readBody(c, editBody);
  world.happen({ kind: "registration.changed", name: nameOf(c), autoRenew: auto_renew });
  const async = (c.req.header("prefer") ?? "").includes("respond-async");
  if (async) c.header("Preference-Applied", "respond-async");
  return succeed(c, presentUpdate(world, account, nameOf(c), owned(world, c)), { status: async ? 202 : 200 });
}

const nameOf = (c: Ctx): string => parseName(c.req.param("name") ?? "")?.name ?? "";

function owned(world: World, c: Ctx): Registration {
  return world.registrations.get(nameOf(c)) ?? missing(c);
}

function missing(c: Ctx): never {
  throw refuse(404, `There is no registration of ${c.req.param("name")} in this account.`);
}
