import { Hono, type MiddlewareHandler } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { type Ctx, readBody, succeed } from "../envelope.ts";
import { pageOf, sorted } from "../paging.ts";
import { belongsToSomebody, parseName } from "../registrar/names.ts";
import type { World } from "../world.ts";
import { invalid } from "./errors.ts";
import { presentZone } from "./present.ts";
import type { Zone } from "./record.ts";
import { zoneOf } from "./zone-of.ts";

export interface Zones {
  readonly world: World;
  readonly account: string;
  /** Middleware that lets a named call meet its planned fault. */
  readonly call: (name: string) => MiddlewareHandler<SandboxEnv>;
}

/** Everything under `/zones`, but the records. */
export function zoneRoutes({ world, account, call }: Zones): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/", call("zones.list"), (c) => listZones(world, account, c));
  app.post("/", call("zones.create"), (c) => createZone(world, account, c));
  app.get("/:zone", call("zones.get"), (c) => succeed(c, presentZone(account, zoneOf(world, c))));
  app.delete("/:zone", call("zones.delete"), (c) => {
    const { id } = zoneOf(world, c);
    world.happen({ kind: "zone.deleted", id });
    return succeed(c, { id });
  });
  return app;
}

function listZones(world: World, account: string, c: Ctx): Response {
  const status = c.req.query("status");
  const other = c.req.query("account.id");
  const fits = nameFilter(c.req.query("name"));
  const found = [...world.zones.values()].filter(
    (zone) => fits(zone.name) && (status === undefined || zone.status === status),
  );
  const mine = other === undefined || other === account ? found : [];
  const order = c.req.query("order") === "status" ? "status" : "name";
  const { items, info } = pageOf(
    c,
    sorted(c, mine, (zone) => zone[order]),
    20,
    50,
  );
  return succeed(
    c,
    items.map((zone) => presentZone(account, zone)),
    { info },
  );
}

/** `name`, or an operator, a colon and a name. */
function nameFilter(given: string | undefined): (name: string) => boolean {
  if (given === undefined) return () => true;
  const [, operator = "equal", wanted = ""] = /^(?:(\w+):)?(.*)$/s.exec(given.toLowerCase()) ?? [];
  if (operator === "equal") return (name) => name === wanted;
  if (operator === "not_equal") return (name) => name !== wanted;
  if (operator.startsWith("starts_with")) return (name) => name.startsWith(wanted);
  if (operator.startsWith("ends_with")) return (name) => name.endsWith(wanted);
  if (operator.startsWith("contains")) return (name) => name.includes(wanted);
  throw invalid(`${operator} is not an operator of this filter.`);
}

const zoneBody = z.object({
  account: z.object({ id: z.string().optional() }).optional(),
  name: z.string(),
  // The other kinds are for larger plans.
  type: z.literal("full").default("full"),
});
async function createZone(world: World, account: string, c: Ctx): Promise<Response> {
  const body = await readBody(c, zoneBody);
  const name = parseName(body.name)?.name;
  if (name === undefined) throw invalid(`${body.name} is not a valid domain name.`, 1097);
  if (world.zoneNamed(name)) throw invalid(`${name} already exists`, 1061);
  const registered = world.registrations.has(name) || belongsToSomebody(name, world.names.get(name)?.state);
  if (!registered) throw invalid(`${name} is not a registered domain`, 1049);
  world.happen({ kind: "zone.created", id: world.newId(), name });
  return succeed(c, presentZone(account, world.zoneNamed(name) as Zone));
}
