import { newestContract } from "@/lib/billing/newest-return.ts";
import { readWithdrawal } from "@/lib/billing/read-withdrawal.ts";
import { closesAt, mayWithdrawAt, withdrawDays } from "@/lib/billing/withdraw-time.ts";
import type { Withdrawal } from "@/lib/billing/withdrawal.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member } from "./access.ts";
import { withdrawalOfOrder } from "./want-withdrawal.ts";

/** What withdrawing comes to for whoever pays. Times are ISO. */
export interface WithdrawalView {
  readonly name: string;
  /** The address that the order was paid with. */
  readonly email: string;
  /** The last day, as it was promised. */
  readonly until: string;
  /** `open` while it can be said, `said` until the home closes, `held` when a person has to, `closed` when all of it was done. */
  readonly state: "open" | "over" | "said" | "held" | "closed";
  /** When it was said, and when the home closes; of now while nothing was said. */
  readonly at: string;
  readonly closes: string;
  readonly sums: Withdrawal;
}

/** Undefined where nothing was paid: there is nothing to withdraw from. */
export async function describeWithdrawal(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Member,
): Promise<WithdrawalView | undefined> {
  const { orderId, name } = await homeOf({ db }, who);
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId } });
  const contract = await newestContract(db, order);
  if (!contract) return undefined;
  const { paidAt } = contract;
  const said = await withdrawalOfOrder(db, orderId);
  const now = clock.now();
  const at = said?.createdAt ?? now;
  const notSaid = mayWithdrawAt(paidAt, now) ? "open" : "over";
  return {
    ...{ name, email: order.email ?? "" },
    until: daysAfter(paidAt, withdrawDays).toISOString(),
    state: said ? stateOf(said) : notSaid,
    at: at.toISOString(),
    closes: closesAt(at).toISOString(),
    sums: await readWithdrawal(db, order, at),
  };
}

function stateOf({ state, deadAt }: { readonly state: string; readonly deadAt: Date | null }): WithdrawalView["state"] {
  if (state === "done") return "closed";
  return state === "refused" || deadAt ? "held" : "said";
}
