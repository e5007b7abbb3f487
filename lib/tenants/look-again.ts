import { secondsAfter } from "@/lib/clock.ts";
import { homeOf, type Who } from "@/lib/households/access.ts";
import type { World } from "@/lib/world.ts";
import { pokeTenant } from "./poke-tenant.ts";

/** Pressing again within so many seconds adds nothing: the look that was asked for is on its way. */
const onItsWaySeconds = 5;

/** The buyer says that they did their part: the home is due for a look now. Looking is all it does. */
export async function lookAgain(world: World, who: Who): Promise<void> {
  const { db, clock, ring } = world;
  const home = await homeOf(world, who);
  if (home.pokedAt && home.pokedAt > secondsAfter(clock.now(), -onItsWaySeconds)) return;
  await db.$transaction((tx) => pokeTenant(tx, world, home.id));
  await ring({ kind: "tenant", tenantId: home.id });
}
