import type { World } from "@/lib/world.ts";
import { adoptPayer } from "./adopt-payer.ts";
import { adoptTerms } from "./adopt-terms.ts";
import { climbLadder } from "./climb-ladder.ts";
import { keepNameYears } from "./keep-name-years.ts";
import { knownBill } from "./known-bill.ts";
import { restOrWake } from "./rest-or-wake.ts";
import { type BillingTools, syncBilling } from "./sync-billing.ts";
import { takeReturns } from "./take-returns.ts";
import { tellOfDisputes } from "./tell-of-disputes.ts";
import { wantLastBill } from "./want-last-bill.ts";

/** Copies a customer's ledger anew, and begins whatever follows from what it says. Safe at any time, any number of times. */
export async function keepBill(tools: BillingTools, customerId: string): Promise<void> {
  await syncBilling(tools, customerId);
  const orders = await tools.db.subscription.findMany({
    where: { customerId, orderId: { not: null } },
    distinct: ["orderId"],
    orderBy: { orderId: "asc" },
    select: { orderId: true },
  });
  for (const { orderId } of orders) if (orderId) await keepOrder(tools, orderId);
  await tellOfDisputes(tools, customerId);
}

async function keepOrder(world: World, orderId: string): Promise<void> {
  const { db } = world;
  await takeReturns(world, orderId);
  const found = await db.order.findUnique({ where: { id: orderId } });
  if (!found) return;
  const first = await knownBill(db, found);
  const read = { ...first, order: await adoptPayer(db, first) };
  const known = { ...read, order: await adoptTerms(db, read) };
  await wantLastBill(world, known);
  // Before a letter says so.
  await restOrWake(world, known);
  await climbLadder(world, known);
  await keepNameYears(world, known);
}
