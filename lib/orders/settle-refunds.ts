import { moneyOf } from "@/lib/billing/money.ts";
import type { Cashier } from "@/lib/billing/ports.ts";
import { whoPaid } from "@/lib/billing/who-paid.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { Refused, wordsOfError } from "@/lib/errors.ts";
import type { Refund } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import { settleEach } from "@/lib/queue/settle-each.ts";
import type { World } from "@/lib/world.ts";
import { holdRefund } from "./hold-refund.ts";
import { findRefundAsked, nameOfAsk } from "./refund-asks.ts";
import { tellWatchers } from "./tell-watchers.ts";
import { firstLookAtDone } from "./watch-refunds.ts";

export type RefundTools = World & { readonly cashier: Cashier };

/** All of an order, or one alone. */
export type WhichRefunds = { readonly orderId: string } | { readonly id: string };

/** So many in a round; the next takes the rest. */
const atOnce = 100;

/**
 * Brings wanted refunds to their end: looks whether the vendor has it, asks once with one key, looks again. Of one order
 * (or one alone) at once, of all those that are due. One that fails waits its turn and stops no other.
 */
export async function settleRefunds(tools: RefundTools, which?: WhichRefunds): Promise<void> {
  const { db, clock } = tools;
  const due = which ?? { OR: [{ nextTryAt: null }, { nextTryAt: { lte: clock.now() } }] };
  const open = await db.refund.findMany({
    where: { state: { in: ["wanted", "asked"] }, deadAt: null, ...due },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await settleEach(
    open,
    (refund) => settleRefund(tools, refund),
    (refund, error) => noteFailure(tools, refund, error),
  );
}

async function noteFailure({ db, clock }: World, refund: Refund, error: unknown): Promise<void> {
  const after = afterFailure({ tries: refund.tries, firstAt: refund.createdAt }, error, clock.now());
  await db.refund.updateMany({
    where: { id: refund.id, state: { in: ["wanted", "asked"] } },
    data: { ...after, detail: wordsOfError(error) },
  });
}

async function settleRefund(tools: RefundTools, refund: Refund): Promise<void> {
  const { db, cashier } = tools;
  if (refund.subscriptionId) await cashier.endSubscription(refund.subscriptionId);
  let found = await findRefundAsked(cashier, refund);
  if (!found) {
    await db.refund.updateMany({ where: { id: refund.id, state: "wanted" }, data: { state: "asked" } });
    const refused = await askFor(cashier, refund);
    found = await findRefundAsked(cashier, refund);
    // Refused, because an earlier try was heard after all: then it is there.
    if (refused && !found) return holdRefund(tools, refund, { detail: wordsOfError(refused) });
  }
  if (found?.state === "done") {
    await cashier.creditRefund(refund.paymentIntentId, found.vendorId, moneyOf(refund.minor, refund.currency));
    return closeRefund(tools, refund, found.vendorId);
  }
  if (found?.state === "failed")
    await holdRefund(tools, refund, { stripeRefundId: found.vendorId, detail: "The bank did not take it" });
  else await lookLater(tools, refund, found?.vendorId ?? null);
}

/** Returns the refusal, if it is refused. */
async function askFor(cashier: Cashier, refund: Refund): Promise<Refused | undefined> {
  try {
    await cashier.refund(refund.paymentIntentId, moneyOf(refund.minor, refund.currency), nameOfAsk(refund));
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

/** On its way: asked after ever more slowly, between half a minute and ten minutes. Banks take days. */
async function lookLater({ db, clock }: World, refund: Refund, stripeRefundId: string | null): Promise<void> {
  const now = clock.now();
  const age = (now.getTime() - refund.createdAt.getTime()) / 1000;
  const nextTryAt = secondsAfter(now, Math.min(600, Math.max(30, age / 4)));
  await db.refund.updateMany({
    where: { id: refund.id, state: "asked" },
    data: { nextTryAt, stripeRefundId, tries: 0 },
  });
}

async function closeRefund(world: World, refund: Refund, vendorId: string): Promise<void> {
  const { db, clock } = world;
  await db.$transaction(async (tx) => {
    await tx.refund.updateMany({
      where: { id: refund.id, state: { in: ["wanted", "asked"] } },
      data: {
        state: "done",
        stripeRefundId: vendorId,
        doneAt: clock.now(),
        tries: 0,
        nextTryAt: firstLookAtDone(clock.now()),
      },
    });
    const { order, stray } = await tx.refund.findUniqueOrThrow({
      where: { id: refund.id },
      include: { order: true, stray: true },
    });
    if (order?.paymentIntentId === refund.paymentIntentId && order.state === "refunding")
      await tx.order.update({ where: { id: order.id }, data: { state: "refunded", updatedAt: clock.now() } });
    if (order) await tellWatchers(tx, order.id);
    const payer = order && (await whoPaid(tx, order, refund.paymentIntentId));
    await wantMail(tx, world, {
      cause: `refunded:${nameOfAsk(refund)}`,
      kind: refund.asks === 1 ? "refunded" : "refunded-after-all",
      to: payer?.email ?? stray?.email ?? "",
      values: { refundId: refund.id },
    });
  });
}
