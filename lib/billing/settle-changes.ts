import { z } from "zod";
import { Refused, Unreachable, wordsOfError } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import { settleEach } from "@/lib/queue/settle-each.ts";
import type { World } from "@/lib/world.ts";
import { carryOutEvidence } from "./carry-out-evidence.ts";
import { agreeTerms, carryOutTerms } from "./carry-out-terms.ts";
import { carryOutWithdrawal } from "./carry-out-withdrawal.ts";
import { evidenceTerms } from "./evidence.ts";
import { lineOfKey } from "./ledger.ts";
import { moneyOf } from "./money.ts";
import { pokeCustomers } from "./poke-customers.ts";
import type { Cashier } from "./ports.ts";
import { priceNameYear } from "./price-name-year.ts";
import { type BillSubscription, readBill } from "./read-bill.ts";
import { tellOfEnd } from "./tell-of-end.ts";
import { closesAt } from "./withdraw-time.ts";

export type ChangeTools = World & { readonly cashier: Cashier };

/** So many in a round; the next takes the rest. */
const atOnce = 100;

export const lastBillTerms = z.object({
  lines: z.array(z.object({ what: z.string(), label: z.string(), minor: z.number().int(), currency: z.string() })),
  tax: z.enum(["inclusive", "none"]),
});

export const couponTerms = z.object({ code: z.string() });

/**
 * Carries out what is wanted of bills, oldest first: of one order at once, of all those that are due. Each looks at the vendor
 * before it does anything, so it may be done again after any end of a process.
 */
export async function settleChanges(tools: ChangeTools, which?: { readonly orderId: string }): Promise<void> {
  const { db, clock } = tools;
  const timeHasCome = { OR: [{ nextTryAt: null }, { nextTryAt: { lte: clock.now() } }] };
  // Nobody's ring brings a withdrawal forward.
  const due = which ? { ...which, OR: [{ kind: { not: "withdraw" } }, timeHasCome] } : timeHasCome;
  const wanted = await db.billChange.findMany({
    where: { state: "wanted", deadAt: null, ...due },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await settleEach(
    wanted,
    (change) => settle(tools, change),
    (change, error) => noteFailure(tools, change, error),
  );
}

async function settle(tools: ChangeTools, change: BillChange): Promise<void> {
  if (change.kind === "evidence") return sendEvidence(tools, change);
  const { subscription } = await readBill(tools.db, change.orderId);
  // Paid a moment ago and not copied yet: it comes again.
  if (!subscription) throw new Unreachable("No copy of the bill yet", { vendor: "Stripe", call: "copy" }, "none");
  try {
    await carryOut(tools, change, subscription);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await close(tools, change, subscription, { state: "refused", detail: wordsOfError(error) });
  }
}

/** It belongs to a customer, whose bill may have ended or gone back. */
async function sendEvidence(tools: ChangeTools, change: BillChange): Promise<void> {
  const whose = evidenceTerms.parse(change.terms);
  try {
    const detail = await carryOutEvidence(tools.cashier, change);
    await close(tools, change, whose, { state: "done", ...(detail ? { detail } : {}) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await close(tools, change, whose, { state: "refused", detail: wordsOfError(error) });
  }
}

async function carryOut(tools: ChangeTools, change: BillChange, subscription: BillSubscription): Promise<void> {
  if (change.kind === "terms")
    return close(tools, change, subscription, await carryOutTerms(tools, change, subscription));
  if (change.kind === "last-bill") return drawLast(tools, change, subscription);
  if (change.kind === "stop-now") return endNow(tools, change, subscription);
  if (change.kind === "name-year") return writeYear(tools, change, subscription);
  if (change.kind === "coupon") {
    const { code } = couponTerms.parse(change.terms);
    await tools.cashier.giveCoupon(subscription.id, { id: change.id, code });
    return close(tools, change, subscription, { state: "done" });
  }
  if (change.kind !== "withdraw") return endLater(tools, change, subscription);
  await carryOutWithdrawal(tools, change, subscription);
  await close(tools, change, subscription, { state: "done" });
}

async function endLater(tools: ChangeTools, change: BillChange, subscription: BillSubscription): Promise<void> {
  const done = await tools.cashier.endLater(subscription.id, change.kind === "stop");
  if (!done) return close(tools, change, subscription, { state: "refused", detail: "The subscription has ended" });
  await close(tools, change, subscription, { state: "done" }, done.endsAt);
}

async function endNow(tools: ChangeTools, change: BillChange, subscription: BillSubscription): Promise<void> {
  await tools.cashier.endSubscription(subscription.id);
  await close(tools, change, subscription, { state: "done" }, tools.clock.now());
}

async function writeYear(tools: ChangeTools, change: BillChange, subscription: BillSubscription): Promise<void> {
  const over = { state: "replaced", detail: "The subscription has ended" };
  const stands = await priceNameYear(tools, change, subscription);
  await close(tools, change, subscription, stands ? { state: "done" } : over);
}

async function drawLast(tools: ChangeTools, change: BillChange, subscription: BillSubscription): Promise<void> {
  const { lines, tax } = lastBillTerms.parse(change.terms);
  const { id: subscriptionId, customerId } = subscription;
  const billed = lines.map(({ what, label, minor, currency }) => ({
    what: lineOfKey(what),
    label,
    sum: moneyOf(minor, currency),
  }));
  // By its cause: a database that was set back makes the row anew, and finds the bill that was drawn.
  await tools.cashier.drawBill({ billId: change.cause, customerId, subscriptionId, lines: billed, tax });
  await close(tools, change, subscription, { state: "done" });
}

/** Done, or not: what the vendor has now is copied next. */
async function close(
  world: ChangeTools,
  change: BillChange,
  { customerId }: Pick<BillSubscription, "customerId">,
  outcome: { readonly state: string; readonly detail?: string },
  endsAt: Date | null = null,
): Promise<void> {
  const { db, clock, ring } = world;
  const now = clock.now();
  await db.$transaction(async (tx) => {
    const closed = await tx.billChange.updateMany({
      where: { id: change.id, state: "wanted" },
      data: { ...outcome, doneAt: now, tries: 0, nextTryAt: null },
    });
    await pokeCustomers(tx, [customerId], now);
    if (closed.count > 0 && endsAt && change.kind !== "keep") await tellOfEnd(tx, world, change, endsAt);
    if (closed.count > 0 && change.kind === "terms" && outcome.state === "done") await agreeTerms(tx, world, change);
  });
  await ring({ kind: "bill", customerId });
  await ring({ kind: "mail" });
}

async function noteFailure({ db, clock }: World, change: BillChange, error: unknown): Promise<void> {
  const firstAt = change.kind === "withdraw" ? closesAt(change.createdAt) : change.createdAt;
  const after = afterFailure({ tries: change.tries, firstAt }, error, clock.now());
  await db.billChange.updateMany({
    where: { id: change.id, state: "wanted" },
    data: { ...after, detail: wordsOfError(error) },
  });
}
