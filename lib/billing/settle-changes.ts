import { Refused, Unreachable, wordsOfError } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import { settleEach } from "@/lib/queue/settle-each.ts";
import type { World } from "@/lib/world.ts";
import { type ChangeTools, carriers, type Outcome } from "./carry-out.ts";
import { carryOutEvidence } from "./carry-out-evidence.ts";
import { agreePayer } from "./carry-out-payer.ts";
import { agreeTerms } from "./carry-out-terms.ts";
import { evidenceTerms } from "./evidence.ts";
import { periodDueAt } from "./period-change.ts";
import { pokeCustomers } from "./poke-customers.ts";
import { type BillSubscription, readBill } from "./read-bill.ts";
import { tellOfEnd } from "./tell-of-end.ts";
import { termsKinds } from "./terms-change.ts";
import { closesAt } from "./withdraw-time.ts";

/** So many in a round; the next takes the rest. */
const atOnce = 100;

/**
 * Carries out what is wanted of bills, oldest first: of one order at once, of all those that are due. Each looks at the vendor
 * before it does anything, so it may be done again after any end of a process.
 */
export async function settleChanges(tools: ChangeTools, which?: { readonly orderId: string }): Promise<void> {
  const { db, clock } = tools;
  const timeHasCome = { OR: [{ nextTryAt: null }, { nextTryAt: { lte: clock.now() } }] };
  // Nobody's ring brings forward what has its own day.
  const due = which ? { ...which, OR: [{ kind: { notIn: ["withdraw", "period"] } }, timeHasCome] } : timeHasCome;
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
    const carry = carriers[change.kind];
    if (!carry) throw new Error(`Nobody knows how to carry out ${change.kind}`);
    await close(tools, change, subscription, await carry(tools, change, subscription));
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

/** Done, or not: what the vendor has now is copied next. */
async function close(
  world: ChangeTools,
  change: BillChange,
  { customerId }: Pick<BillSubscription, "customerId">,
  { endsAt, ...outcome }: Outcome,
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
    if (closed.count > 0 && termsKinds.includes(change.kind) && outcome.state === "done")
      await agreeTerms(tx, world, { ...change, ...(outcome.terms ? { terms: outcome.terms } : {}) });
    if (closed.count > 0 && change.kind === "payer" && outcome.state === "done")
      await agreePayer(tx, world, { ...change, ...(outcome.terms ? { terms: outcome.terms } : {}) });
  });
  await ring({ kind: "bill", customerId });
  await ring({ kind: "mail" });
}

/** When it was first to be done. */
function dueFrom({ kind, createdAt, terms }: BillChange): Date {
  if (kind === "withdraw") return closesAt(createdAt);
  return kind === "period" ? periodDueAt(terms) : createdAt;
}

async function noteFailure({ db, clock }: World, change: BillChange, error: unknown): Promise<void> {
  const firstAt = dueFrom(change);
  const after = afterFailure({ tries: change.tries, firstAt }, error, clock.now());
  await db.billChange.updateMany({
    where: { id: change.id, state: "wanted" },
    data: { ...after, detail: wordsOfError(error) },
  });
}
