import { z } from "zod";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { carryOutPayer } from "./carry-out-payer.ts";
import { carryOutTerms } from "./carry-out-terms.ts";
import { carryOutWithdrawal } from "./carry-out-withdrawal.ts";
import { lineOfKey } from "./ledger.ts";
import { moneyOf } from "./money.ts";
import type { PayerChange } from "./payer-change.ts";
import { carryOutPeriod } from "./period-change.ts";
import type { Cashier } from "./ports.ts";
import { priceNameYear } from "./price-name-year.ts";
import type { BillSubscription } from "./read-bill.ts";
import type { TermsChange } from "./terms-change.ts";

export type ChangeTools = World & { readonly cashier: Cashier };

/** What came of a change at the vendor. */
export interface Outcome {
  readonly state: "done" | "refused" | "replaced" | "given-up";
  readonly detail?: string;
  /** Of a bill's end: when. */
  readonly endsAt?: Date | null;
  /** As they came to be, where that is not as they were wanted. */
  readonly terms?: TermsChange | PayerChange;
}

type Carrier = (tools: ChangeTools, change: BillChange, subscription: BillSubscription) => Promise<Outcome>;

export const lastBillTerms = z.object({
  lines: z.array(z.object({ what: z.string(), label: z.string(), minor: z.number().int(), currency: z.string() })),
  tax: z.enum(["inclusive", "none"]),
});

export const couponTerms = z.object({ code: z.string() });

const done: Outcome = { state: "done" };
const ended = "The subscription has ended";

const endLater: Carrier = async ({ cashier }, { kind }, { id }) => {
  const answer = await cashier.endLater(id, kind === "stop");
  return answer ? { ...done, endsAt: answer.endsAt } : { state: "refused", detail: ended };
};

const endNow: Carrier = async ({ cashier, clock }, _change, { id }) => {
  await cashier.endSubscription(id);
  return { ...done, endsAt: clock.now() };
};

const drawLast: Carrier = async ({ cashier }, change, { id: subscriptionId, customerId }) => {
  const { lines, tax } = lastBillTerms.parse(change.terms);
  const billed = lines.map(({ what, label, minor, currency }) => ({
    what: lineOfKey(what),
    label,
    sum: moneyOf(minor, currency),
  }));
  // By its cause: a database that was set back makes the row anew, and finds the bill that was drawn.
  await cashier.drawBill({ billId: change.cause, customerId, subscriptionId, lines: billed, tax });
  return done;
};

/** How each kind of change is carried out. Each looks at the vendor first: it may be done again after any end of a process. */
export const carriers: Readonly<Record<string, Carrier>> = {
  stop: endLater,
  keep: endLater,
  "stop-now": endNow,
  "last-bill": drawLast,
  terms: carryOutTerms,
  period: carryOutPeriod,
  payer: carryOutPayer,
  async withdraw(tools, change, subscription) {
    await carryOutWithdrawal(tools, change, subscription);
    return done;
  },
  async "name-year"(tools, change, subscription) {
    const stands = await priceNameYear(tools, change, subscription);
    return stands ? done : { state: "replaced", detail: ended };
  },
  async coupon({ cashier }, { id, terms }, subscription) {
    await cashier.giveCoupon(subscription.id, { id, code: couponTerms.parse(terms).code });
    return done;
  },
};
