import type { Member } from "@/lib/households/access.ts";
import type { Stage } from "./case.ts";
import { Buyer } from "./world/buyer.ts";

/** The family of whom the journeys tell. */
export const smith = "smith.family";

export async function finishedHome(stage: Stage): Promise<void> {
  const buyer = await Buyer.fillIn(stage.world, smith);
  await buyer.pay();
  await stage.life.untilQuiet();
}

/** Whoever runs the home, as signed in. */
export async function theOwner({ database: { db }, clock }: Stage["world"]): Promise<Member> {
  const { id: tenantId } = await db.tenant.findFirstOrThrow();
  const who = { userId: "usr_anna", tenantId };
  await db.membership.createMany({ data: [{ ...who, role: "owner", since: clock.now() }], skipDuplicates: true });
  return who;
}
