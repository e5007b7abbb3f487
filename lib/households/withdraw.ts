import { closesAt } from "@/lib/billing/withdraw-time.ts";
import { NameplateError } from "@/lib/errors.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member } from "./access.ts";
import { wantWithdrawal, withdrawalOfOrder } from "./want-withdrawal.ts";

/** Whoever pays withdraws. Wanted here, carried out by a worker when the home closes; saying it twice is saying it once. */
export async function withdraw(world: World, who: Member, restLabel: string): Promise<void> {
  const { orderId } = await homeOf(world, who);
  const said = { at: world.clock.now(), askedBy: who.userId, restLabel };
  if (!(await world.db.$transaction((tx) => wantWithdrawal(tx, world, orderId, said))))
    throw new NameplateError("changed-meanwhile", `Order ${orderId} can no longer be withdrawn from`, {
      key: "withdraw.over",
    });
  await world.ring({ kind: "mail" });
}

/** Thinks better of it, as long as the home is not closed; says whether that was in time. */
export async function keepHome(world: World, who: Member): Promise<boolean> {
  const { db, clock, ring } = world;
  const { orderId } = await homeOf(world, who);
  const kept = await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    const said = await withdrawalOfOrder(tx, orderId);
    const now = clock.now();
    // Nothing has moved before that moment, and anything may have after it.
    if (said?.state !== "wanted" || closesAt(said.createdAt) <= now) return false;
    await tx.billChange.update({ where: { id: said.id }, data: { state: "replaced", doneAt: now } });
    const { email } = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
    await wantMail(tx, world, {
      cause: `withdraw-kept:${said.id}`,
      kind: "withdraw-kept",
      to: email ?? "",
      values: { orderId, changeId: said.id },
    });
    return true;
  });
  await ring({ kind: "mail" });
  return kept;
}
