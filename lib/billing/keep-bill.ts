import { adoptTerms } from "./adopt-terms.ts";
import { climbLadder } from "./climb-ladder.ts";
import { keepNameYears } from "./keep-name-years.ts";
import { restOrWake } from "./rest-or-wake.ts";
import { type BillingTools, syncBilling } from "./sync-billing.ts";
import { tellOfDisputes } from "./tell-of-disputes.ts";
import { wantLastBills } from "./want-last-bills.ts";

/** Copies a customer's ledger anew, and begins whatever follows from what it says. Safe at any time, any number of times. */
export async function keepBill(tools: BillingTools, customerId: string): Promise<void> {
  await syncBilling(tools, customerId);
  await adoptTerms(tools, customerId);
  await wantLastBills(tools, customerId);
  // Before a letter says so.
  await restOrWake(tools, customerId);
  await climbLadder(tools, customerId);
  await tellOfDisputes(tools, customerId);
  await keepNameYears(tools, customerId);
}
