import { daysAfter, secondsAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";
import { copyOf } from "./copy-of-ledger.ts";
import { isOpen } from "./dispute.ts";
import type { CustomerLedger } from "./ledger.ts";
import type { Ledger } from "./ports.ts";

export interface BillingTools extends World {
  readonly ledger: Ledger;
}

/** While a bill is open or a dispute is heard, drift would cost somebody their home. */
const openSeconds = 3600;
/** Otherwise: webhooks come in between, and the hourly look for those that did not. */
const quietDays = 1;

/**
 * Makes our copy of a customer's ledger anew from the payment vendor's, from whatever it was: the one function that every
 * webhook, the sweep and the staff button lead to. Safe to run at any time, any number of times, side by side.
 */
export async function syncBilling(tools: BillingTools, customerId: string): Promise<void> {
  const { db, clock, ledger } = tools;
  if (!(await db.customer.findUnique({ where: { id: customerId } }))) return; // never paid us
  const askedAt = clock.now();
  const theirs = await ledger.customer(customerId);
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Customer" WHERE "id" = ${customerId} FOR UPDATE`;
    const ours = await tx.customer.findUniqueOrThrow({ where: { id: customerId } });
    // Somebody who asked later has written already.
    if (ours.askedAt && ours.askedAt > askedAt) return;
    const { nextSyncAt } = ours;
    // Poked while it was looked at: then it is looked at once more.
    const poked = nextSyncAt && nextSyncAt >= askedAt && nextSyncAt <= clock.now() ? nextSyncAt : undefined;
    if (theirs) await replace(tx, customerId, theirs, { askedAt, nextSyncAt: poked ?? nextLook(theirs, askedAt) });
    // Deleted at the vendor: what was copied is all there will ever be.
    else await tx.customer.update({ where: { id: customerId }, data: { gone: true, askedAt, nextSyncAt: null } });
  });
}

type When = { readonly askedAt: Date; readonly nextSyncAt: Date };

async function replace(tx: Tx, customerId: string, theirs: CustomerLedger, when: When): Promise<void> {
  const copy = copyOf(customerId, theirs);
  const where = { customerId };
  // Lines and credit notes go with their invoices.
  await tx.invoice.deleteMany({ where });
  await tx.subscription.deleteMany({ where });
  await tx.movement.deleteMany({ where });
  await tx.dispute.deleteMany({ where });
  await tx.fraudWarning.deleteMany({ where });
  await tx.subscription.createMany({ data: copy.subscriptions });
  await tx.invoice.createMany({ data: copy.invoices });
  await tx.invoiceLine.createMany({ data: copy.lines });
  await tx.creditNote.createMany({ data: copy.creditNotes });
  await tx.movement.createMany({ data: copy.movements });
  await tx.dispute.createMany({ data: copy.disputes });
  await tx.fraudWarning.createMany({ data: copy.warnings });
  await tx.customer.update({ where: { id: customerId }, data: { ...copy.customer, ...when, gone: false } });
}

const nextLook = (theirs: CustomerLedger, askedAt: Date): Date =>
  isMoving(theirs) ? secondsAfter(askedAt, openSeconds) : daysAfter(askedAt, quietDays);

const isMoving = ({ invoices, disputes }: CustomerLedger): boolean =>
  invoices.some(({ status }) => status === "open" || status === "draft") || disputes.some(isOpen);
