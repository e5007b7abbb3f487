import { normaliseName } from "@/lib/names/normalise-name.ts";
import type { World } from "@/lib/world.ts";

/** What somebody who is not signed in says by our page, in their own words. */
export interface Said {
  readonly email: string;
  readonly name: string;
  readonly restLabel: string;
}

/**
 * Writes down that somebody withdraws, with its time, and looks nothing up: the page takes the same road and the same while
 * whoever they are. Returns that time.
 */
export async function noteStatement(
  { db, clock, ids }: Pick<World, "db" | "clock" | "ids">,
  { email, name, restLabel }: Said,
): Promise<Date> {
  const createdAt = clock.now();
  const said = { email: email.toLowerCase(), name: normaliseName(name), restLabel };
  await db.statement.create({ data: { id: ids.id("say"), ...said, createdAt } });
  return createdAt;
}
