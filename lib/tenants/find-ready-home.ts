import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";

/** A home that anyone can find: its name as it is written here. Throws `not-found` for any other. */
export async function findReadyHome({ db }: Pick<World, "db">, name: string): Promise<string> {
  const home = await db.tenant.findUnique({ where: { holds: name.toLowerCase() } });
  if (!home?.readyAt || home.want !== "present") throw new NameplateError("not-found", "No home has this name");
  return home.name;
}
