import { readWithdrawal } from "@/lib/billing/read-withdrawal.ts";
import { closesAt } from "@/lib/billing/withdraw-time.ts";
import type { Withdrawal } from "@/lib/billing/withdrawal.ts";
import type { Db } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";

/** What a family said on its page or on ours, and how far that is. Times are ISO. */
export interface StaffWithdrawal {
  readonly at: string;
  readonly closes: string;
  /** The row's own word: wanted, done, refused, or replaced by whoever thought better of it. */
  readonly state: string;
  readonly sums: Withdrawal;
}

/** The newest one, taken back or not. */
export async function staffWithdrawal(db: Db, order: Order): Promise<StaffWithdrawal | null> {
  const said = await db.billChange.findFirst({
    where: { orderId: order.id, kind: "withdraw" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  if (!said) return null;
  const { createdAt, state } = said;
  return {
    at: createdAt.toISOString(),
    closes: closesAt(createdAt).toISOString(),
    state,
    sums: await readWithdrawal(db, order, createdAt),
  };
}
