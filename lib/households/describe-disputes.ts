import { type DisputeStage, disputesOf, isOpen, stageOf } from "@/lib/billing/dispute.ts";
import { addAll, isZero, type Money, moneyOf, negate } from "@/lib/billing/money.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

/** What banks did with a family's payments of their own accord. */
export interface DisputesView {
  /** The newest that is not decided yet. */
  readonly open: { readonly stage: DisputeStage; readonly sum: Money } | null;
  /** What a bank took back and keeps, or has not decided about, by the bill that it had paid. */
  readonly taken: ReadonlyMap<string, Money>;
}

export async function describeDisputes({ db }: Pick<World, "db">, who: Member): Promise<DisputesView> {
  const { orderId } = await billOf({ db }, who);
  const open = (await disputesOf(db, orderId)).find(isOpen);
  const moved = await db.movement.findMany({
    where: { customer: { orderId }, kind: { in: ["dispute", "dispute-won"] }, invoiceId: { not: null } },
  });
  const bills = [...new Set(moved.map(({ invoiceId }) => invoiceId ?? ""))];
  const sums = bills.map((bill) => {
    const ofBill = moved.filter(({ invoiceId }) => invoiceId === bill);
    const sum = addAll(
      ofBill.map(({ minor, currency }) => moneyOf(minor, currency)),
      ofBill[0]?.currency ?? "",
    );
    return [bill, negate(sum)] as const;
  });
  return {
    open: open ? { stage: stageOf(open), sum: moneyOf(open.minor, open.currency) } : null,
    taken: new Map(sums.filter(([, sum]) => !isZero(sum))),
  };
}
