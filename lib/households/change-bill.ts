import { type EndWish, endWishes, newestWish } from "@/lib/billing/newest-wish.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

export interface EndOfBill {
  readonly wish: EndWish;
  /** What the last bill calls the rest of the name's year, as it was shown. */
  readonly restLabel: string;
}

/**
 * Stops a family's bill at the end of what is paid or at once, or lets it go on: wanted here, done by a worker. Of several
 * wishes the last one counts; pressing twice is one wish.
 */
export async function changeBill(world: World, who: Member, { wish: kind, restLabel }: EndOfBill): Promise<void> {
  const { db, clock, ids, ring } = world;
  const { orderId } = await billOf(world, who);
  const { subscription } = await readBill(db, orderId);
  if (!subscription || subscription.endedAt)
    throw new NameplateError("changed-meanwhile", `Order ${orderId} has no bill that runs`, {
      key: "family.billPage.errors.over",
    });
  await db.$transaction(async (tx) => {
    // The lock: of two windows the later one sees the other's wish.
    await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    const wish = await newestWish(tx, orderId, subscription);
    const wished = wish?.state === "under way" ? wish.kind : subscription.cancelAt ? "stop" : "keep";
    if (wished === kind) return;
    await tx.billChange.updateMany({
      where: { orderId, kind: { in: [...endWishes] }, state: { in: ["wanted", "refused"] } },
      data: { state: "replaced", doneAt: clock.now() },
    });
    const id = ids.id("chg");
    const terms = kind === "keep" ? {} : { restLabel };
    const row = { id, orderId, cause: `${kind}:${id}`, kind, terms, state: "wanted", askedBy: who.userId };
    await tx.billChange.create({ data: { ...row, createdAt: clock.now() } });
  });
  await ring({ kind: "order", orderId });
}
