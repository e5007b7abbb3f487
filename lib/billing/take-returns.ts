import type { Tx } from "@/lib/db.ts";
import type { Checkout, Subscription } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { agreedOn } from "./adopt-terms.ts";
import { billMail } from "./bill-mail.ts";
import { addAll, type Money, minorOf, moneyOf, same } from "./money.ts";
import { isNameLost } from "./name-lost.ts";
import { keptQuote, readQuote } from "./quote.ts";

/**
 * Decides about each payment of a family that came back, once our copy of its bill has it: its home opens again by it, or all of it
 * goes back. Written down in one transaction, by nothing but that copy and our own rows: safe at any time, any number of times.
 */
export async function takeReturns(world: World, orderId: string): Promise<void> {
  const { db, ring } = world;
  const seen = await db.checkout.findMany({
    where: { orderId, purpose: "return", state: "seen" },
    orderBy: { try: "asc" },
  });
  for (const { id } of seen) await db.$transaction((tx) => decide(tx, world, id));
  if (seen.length === 0) return;
  await ring({ kind: "mail" });
  await ring({ kind: "order", orderId });
}

async function decide(tx: Tx, world: World, visitId: string): Promise<void> {
  const { orderId } = await tx.checkout.findUniqueOrThrow({ where: { id: visitId } });
  // The lock: of two payments the second finds what became of the first.
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
  const visit = await tx.checkout.findUniqueOrThrow({ where: { id: visitId } });
  const bill = await tx.subscription.findUnique({ where: { id: visit.subscriptionId ?? "" } });
  // Our copy is from before it was paid: the next one is asked for already.
  if (visit.state !== "seen" || !bill) return;
  const paid = await paymentOf(tx, bill);
  const why = await whyBack(tx, world, visit, bill, paid);
  if (why) await giveBack(tx, world, visit, why, paid);
  else await open(tx, world, visit, bill, paid);
}

interface Paid {
  /** Null where what the vendor held for them paid all of it. */
  readonly paymentIntentId: string | null;
  readonly sum: Money;
  /** All of it was given back before. */
  readonly wentBack: boolean;
}

async function paymentOf(tx: Tx, { id, currency }: Subscription): Promise<Paid> {
  const first = await tx.invoice.findFirst({ where: { subscriptionId: id, reason: "subscription_create" } });
  const charge = first && (await tx.movement.findFirst({ where: { invoiceId: first.id, kind: "charge" } }));
  if (!charge) return { paymentIntentId: null, sum: moneyOf(0, currency), wentBack: false };
  const { paymentIntentId } = charge;
  const sum = moneyOf(charge.minor, charge.currency);
  const moved = await tx.movement.findMany({ where: { paymentIntentId, kind: { in: ["refund", "refund-failed"] } } });
  const back = addAll(
    moved.map(({ minor }) => moneyOf(-minor, charge.currency)),
    charge.currency,
  );
  return { paymentIntentId, sum, wentBack: same(sum, back) };
}

type Why = "paid-twice" | "came-late";

/** Undefined where the home is to open again. */
async function whyBack(
  tx: Tx,
  { clock }: World,
  { id, orderId }: Checkout,
  bill: Subscription,
  { wentBack }: Paid,
): Promise<Why | undefined> {
  // A database that was set back finds that it went back.
  if (wentBack) return "came-late";
  // It was taken before the database was set back, and has ended since.
  if (bill.endedAt) return undefined;
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  const home = await tx.tenant.findFirst({ where: { orderId, want: "present" }, include: { steps: true } });
  if (order.state !== "paid" || !home || isNameLost(home, home.steps, clock.now())) return "came-late";
  const taken = await tx.checkout.findMany({ where: { orderId, state: "paid", id: { not: id } } });
  const ours = [order.stripeSubscriptionId, ...taken.map(({ subscriptionId }) => subscriptionId)].flatMap(
    (one) => one ?? [],
  );
  const runs = await tx.subscription.findFirst({ where: { id: { in: ours }, endedAt: null } });
  return runs ? "paid-twice" : undefined;
}

/** Whole, and its bill ends: wanted here, done by a worker. Its name at the vendor is the bill's, whatever becomes of our rows. */
async function giveBack(tx: Tx, { clock, ids }: World, visit: Checkout, why: Why, { paymentIntentId, sum }: Paid) {
  const { id, orderId, subscriptionId } = visit;
  if (!paymentIntentId) throw new Error(`Visit ${id} moved no money that could go back: a person has to end its bill`);
  await tx.refund.createMany({
    data: [
      {
        ...{ id: `back_${subscriptionId ?? ids.id("ref")}`, orderId, cause: `${why}:${id}`, paymentIntentId },
        ...{ subscriptionId, minor: minorOf(sum), currency: sum.currency },
        ...{ state: "wanted", askedBy: "nameplate", createdAt: clock.now() },
      },
    ],
    skipDuplicates: true,
  });
  await tx.checkout.update({ where: { id }, data: { state: why, paymentIntentId, paidMinor: minorOf(sum) } });
}

/** Of what may be wanted of a bill, what is nothing of the one that has ended. */
const lasting = ["last-bill", "evidence", "coupon"];

/** What was agreed follows with it, and nothing that was wished of the earlier bill is wished of this one. */
async function open(tx: Tx, world: World, visit: Checkout, bill: Subscription, { paymentIntentId, sum }: Paid) {
  const { id, orderId } = visit;
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  const data = { state: "paid", paymentIntentId, paidMinor: minorOf(sum) };
  await tx.checkout.update({ where: { id }, data });
  // What it says is what the newest bill says: this one, as long as it runs.
  if (bill.endedAt) return;
  await tx.order.update({ where: { id: orderId }, data: { quote: keptQuote(agreedOn(readQuote(order), bill)) } });
  await tx.billChange.updateMany({
    where: {
      ...{ orderId, kind: { notIn: lasting }, state: { in: ["wanted", "asked", "shown", "refused"] } },
      createdAt: { lt: bill.startedAt },
    },
    data: { state: "replaced", doneAt: world.clock.now() },
  });
  const values = { orderId, checkoutId: id };
  await wantMail(tx, world, { cause: `returned:${id}`, kind: "returned", to: billMail(order), values });
}
