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

/** A month later the vendor draws the next bill. */
export async function renew({ world, life }: Pick<Stage, "world" | "life">): Promise<void> {
  const { clients, tell } = world.vendors;
  world.clock.pass(31 * 86_400);
  const { data } = await clients.stripe.subscriptions.list({ status: "active" });
  for (const { id } of data) await tell("stripe", "POST", "/renew", { subscription: id });
  await life.untilQuiet();
}
