import type { Ctx } from "../envelope.ts";
import type { World } from "../world.ts";
import { noRoute, noZone } from "./errors.ts";
import type { Zone } from "./record.ts";

/** The zone in the path, or the refusal for an id that is malformed or nobody's. */
export function zoneOf(world: World, c: Ctx): Zone {
  const id = c.req.param("zone") ?? "";
  if (!/^[0-9a-f]{32}$/.test(id)) throw noRoute(c.req.path.replace("/client/v4", ""));
  const zone = world.zones.get(id);
  if (!zone) throw noZone();
  return zone;
}
