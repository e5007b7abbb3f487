import type { Cashier } from "@/lib/billing/ports.ts";
import { daysAfter, secondsAfter } from "@/lib/clock.ts";
import { Unreachable } from "@/lib/errors.ts";
import type { Refund } from "@/lib/generated/prisma/client.ts";
import { tryEach } from "@/lib/try-each.ts";
import type { World } from "@/lib/world.ts";
import { holdRefund } from "./hold-refund.ts";
import { findRefundAsked } from "./refund-asks.ts";
import type { WhichRefunds } from "./settle-refunds.ts";

/** For so long a bank may give a refund back that it took, as the vendor says. */
const mayComeBackDays = 30;
/** While the vendor is away we ask again after an hour. */
const awaySeconds = 3600;
/** So many in a round; the next takes the rest. */
const atOnce = 100;

export const firstLookAtDone = (doneAt: Date): Date => daysAfter(doneAt, 1);

/**
 * A card that was closed gives the money back days after the vendor said that it went: then it is not back, and a person is
 * asked for. The vendor tells us, and we look by ourselves too, after one, two, four, eight and sixteen days.
 */
export async function watchRefunds(tools: World & { readonly cashier: Cashier }, which?: WhichRefunds): Promise<void> {
  const { db, clock } = tools;
  const done = await db.refund.findMany({
    where: {
      state: "done",
      ...which,
      nextTryAt: which ? { not: null } : { lte: clock.now() },
    },
    orderBy: [{ nextTryAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await tryEach(done, async (refund) => {
    try {
      const found = await findRefundAsked(tools.cashier, refund);
      if (found?.state === "failed") await holdRefund(tools, refund, { detail: "The bank gave it back" });
      else await lookLater(tools, refund);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await plan(tools, refund, secondsAfter(clock.now(), awaySeconds));
    }
  });
}

/** As long again as it has been done, and once more when nothing can come any more. */
async function lookLater(tools: World, refund: Refund): Promise<void> {
  const now = tools.clock.now();
  const doneAt = refund.doneAt ?? now;
  const last = daysAfter(doneAt, mayComeBackDays);
  if (now >= last) return plan(tools, refund, null);
  const age = (now.getTime() - doneAt.getTime()) / 1000;
  const next = new Date(Math.max(firstLookAtDone(doneAt).getTime(), secondsAfter(now, age).getTime()));
  await plan(tools, refund, next < last ? next : last);
}

async function plan({ db }: World, { id }: Refund, nextTryAt: Date | null): Promise<void> {
  await db.refund.updateMany({ where: { id, state: "done" }, data: { nextTryAt } });
}
