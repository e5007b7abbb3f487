import { type PayerChange, payerChange } from "@/lib/billing/payer-change.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

/**
 * Nobody else is asked to pay any more: the link works no longer. Where the vendor's page for the card was opened, a worker ends it and
 * forgets a card that was given there. Too late once that card is just made the one that pays.
 */
export async function takeOfferBack(world: World, who: Member, changeId: string): Promise<void> {
  const { db, clock, ring } = world;
  const { orderId } = await billOf(world, who);
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    const where = { id: changeId, orderId, kind: "payer" };
    const change = await tx.billChange.findFirst({ where });
    if (!change) throw new NameplateError("not-found", "No such change of this home's");
    if (change.state === "replaced") return;
    const terms = payerChange.parse(change.terms);
    if (change.state !== "asked") {
      if (terms.back) return;
      throw new NameplateError("changed-meanwhile", `${changeId} is ${change.state}`, { key: "family.payer.tooLate" });
    }
    const now = clock.now();
    const back: PayerChange = { ...terms, back: "taken-back" };
    const ended = { state: "replaced", doneAt: now, nextTryAt: null };
    const data = terms.page ? { state: "wanted", terms: back, nextTryAt: null } : ended;
    // Not if a worker has just seen the card.
    const taken = await tx.billChange.updateMany({ where: { ...where, state: "asked" }, data });
    if (taken.count === 0)
      throw new NameplateError("changed-meanwhile", `${changeId} is asked no more`, { key: "family.payer.tooLate" });
    await tx.link.updateMany({
      where: { purpose: "pay-bill", subject: changeId, usedAt: null },
      data: { usedAt: now },
    });
  });
  await ring({ kind: "order", orderId });
}
