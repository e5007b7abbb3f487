import { Hono } from "hono";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { type Ctx, readBody, succeed } from "../envelope.ts";
import { pageOf, sorted } from "../paging.ts";
import type { World } from "../world.ts";
import { batch } from "./batch.ts";
import { change, Draft } from "./draft.ts";
import { matching } from "./filter.ts";
import { recordBody } from "./normalise.ts";
import { presentRecord } from "./present.ts";
import type { Zones } from "./routes.ts";
import { zoneOf } from "./zone-of.ts";

/** Everything under `/zones/{zone}/dns_records`. */
export function recordRoutes({ world, call }: Zones): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/:zone/dns_records", call("dns.records.list"), (c) => listRecords(world, c));
  app.post("/:zone/dns_records", call("dns.records.create"), (c) => createRecord(world, c));
  app.post("/:zone/dns_records/batch", call("dns.records.batch"), (c) => batch(world, c));
  app.get("/:zone/dns_records/:record", call("dns.records.get"), (c) =>
    succeed(c, presentRecord(new Draft(world, zoneOf(world, c)).get(c.req.param("record")))),
  );
  app.put("/:zone/dns_records/:record", call("dns.records.update"), (c) => replaceRecord(world, c));
  app.patch("/:zone/dns_records/:record", call("dns.records.edit"), (c) => patchRecord(world, c));
  app.delete("/:zone/dns_records/:record", call("dns.records.delete"), (c) => {
    const id = c.req.param("record");
    change(world, zoneOf(world, c), (draft) => draft.remove(id));
    return succeed(c, { id });
  });
  return app;
}

function listRecords(world: World, c: Ctx): Response {
  const zone = zoneOf(world, c);
  const found = matching(c, world.recordsOf(zone.id).values());
  const order = c.req.query("order") === "content" ? "content" : c.req.query("order") === "type" ? "type" : "name";
  const ordered = sorted(c, found, (record) => `${record[order]} ${record.type} ${record.content}`);
  // A hundred a page is usual; the most is what the vendor allows.
  const { items, info } = pageOf(c, ordered, 100, 5_000_000);
  return succeed(c, items.map(presentRecord), { info });
}

async function createRecord(world: World, c: Ctx): Promise<Response> {
  const zone = zoneOf(world, c);
  const body = await readBody(c, recordBody);
  return succeed(c, presentRecord(change(world, zone, (draft) => draft.create(body))));
}

async function replaceRecord(world: World, c: Ctx): Promise<Response> {
  const zone = zoneOf(world, c);
  const body = await readBody(c, recordBody);
  return succeed(c, presentRecord(change(world, zone, (draft) => draft.replace(c.req.param("record") ?? "", body))));
}

async function patchRecord(world: World, c: Ctx): Promise<Response> {
  const zone = zoneOf(world, c);
  const body = await readBody(c, recordBody.partial());
  return succeed(c, presentRecord(change(world, zone, (draft) => draft.patch(c.req.param("record") ?? "", body))));
}
