import { newestContract, newestReturn } from "@/lib/billing/newest-return.ts";
import { closesAt, mayWithdrawAt } from "@/lib/billing/withdraw-time.ts";
import type { Tx } from "@/lib/db.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";

export interface SaidToWithdraw {
  /** When it was said: the moment that counts. */
  readonly at: Date;
  readonly askedBy: string;
  /** What the last bill calls the rest of the name's year. */
  readonly restLabel: string;
}

/** The withdrawal of an order that counts: wanted or carried out, not taken back, and of what they agreed to last. */
export async function withdrawalOfOrder(
  db: Pick<Tx, "billChange" | "checkout">,
  orderId: string,
): Promise<BillChange | null> {
  const back = await newestReturn(db, orderId);
  return db.billChange.findFirst({
    where: {
      ...{ orderId, kind: "withdraw", state: { not: "replaced" } },
      ...(back?.paidAt ? { createdAt: { gte: back.paidAt } } : {}),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** Writes a family's withdrawal down, with its receipt: once, however often it is said. Too late it is false, and nothing is written. */
export async function wantWithdrawal(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  orderId: string,
  { at, askedBy, restLabel }: SaidToWithdraw,
): Promise<boolean> {
  // The lock: of two windows the later one sees the other's row.
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
  if (await withdrawalOfOrder(tx, orderId)) return true;
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  const contract = await newestContract(tx, order);
  if (!contract || !mayWithdrawAt(contract.paidAt, at)) return false;
  // Said of an earlier contract, and heard late.
  if (contract.since && at < contract.since) return false;
  const id = world.ids.id("chg");
  await tx.billChange.create({
    data: {
      ...{ id, orderId, cause: `withdraw:${id}`, kind: "withdraw", terms: { restLabel }, state: "wanted", askedBy },
      createdAt: at,
      nextTryAt: closesAt(at),
    },
  });
  await wantMail(tx, world, {
    cause: `withdrawn:${id}`,
    kind: "withdrawn",
    to: order.email ?? "",
    values: { orderId, changeId: id },
  });
  return true;
}
