import { NameplateError } from "@/lib/errors.ts";
import { openSeal } from "@/lib/seal.ts";
import type { World } from "@/lib/world.ts";
import { leaveSealer } from "./leave-code.ts";
import { provenHome, type SignedInFor } from "./proven.ts";
import { whyNotLeave } from "./why-not-leave.ts";

/**
 * The code with which the family moves its name, for its owner's eyes and just after they proved that it is them. Once it was
 * seen only a person here can make it void.
 */
export async function showLeaveCode(world: World, who: SignedInFor): Promise<string> {
  const { db, clock } = world;
  const home = await provenHome(world, who);
  const now = clock.now();
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "NameLeave" WHERE "open" = ${home.id} FOR UPDATE`;
    const leave = await tx.nameLeave.findUnique({ where: { open: home.id } });
    if (!leave?.sealed)
      throw new NameplateError("changed-meanwhile", `${home.name} has no code`, { key: "family.leave.errors.gone" });
    const [held] = await whyNotLeave(tx, home, now);
    if (held)
      throw new NameplateError("changed-meanwhile", `${home.name} is held: ${held.code}`, {
        key: "family.leave.errors.held",
      });
    if (!leave.shownAt) await tx.nameLeave.update({ where: { id: leave.id }, data: { shownAt: now } });
    return openSeal(leaveSealer(world), leave.id, leave.sealed);
  });
}
