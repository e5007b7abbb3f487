import { findChangedCustomers } from "@/lib/billing/find-changed-customers.ts";
import { findGivenCards } from "@/lib/billing/find-given-cards.ts";
import { readNameYears } from "@/lib/billing/read-name-years.ts";
import { settleChanges } from "@/lib/billing/settle-changes.ts";
import { showTerms } from "@/lib/billing/show-terms.ts";
import { Refused } from "@/lib/errors.ts";
import { findLostPayments } from "@/lib/orders/find-lost-payments.ts";
import { refundForgottenOrders } from "@/lib/orders/refund-forgotten-orders.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { watchRefunds } from "@/lib/orders/watch-refunds.ts";
import type { Bell } from "@/lib/world.ts";
import { answerBell } from "@/workers/answer-bell.ts";
import { findDue } from "@/workers/sweep.ts";
import type { Worker } from "../world/world.ts";
import type { MoneyStage } from "./stage.ts";

/** Of the slow sweep (workers/sweep.ts), what has to do with money. */
const sweepParts: readonly ((tools: Worker) => Promise<unknown>)[] = [
  refundForgottenOrders,
  readNameYears,
  showTerms,
  findGivenCards,
  settleChanges,
  settleRefunds,
  watchRefunds,
  findLostPayments,
  findChangedCustomers,
];
/** Of the bells, those that have to do with it: homes are not made here, and letters not sent. */
const kinds = ["order", "event", "bill"];
/** Whatever is still due after so many rounds rings for itself for ever. */
const mostRounds = 20;

/** Time passes; then webhooks come, the sweep goes round, and bells are answered until nothing is due. */
export async function goOn(stage: MoneyStage, seconds: number): Promise<void> {
  const { world, worker, letterbox } = stage;
  world.clock.pass(seconds);
  await letterbox.bring();
  for (const part of sweepParts) await part(worker).catch(unlessRefused);
  for (let round = 0; round < mostRounds; round++) {
    // What rang comes first, as in life: the sweep finds what did not ring.
    const rung = ofMoney(world.rung.splice(0));
    const bells = rung.length > 0 ? rung : ofMoney(await findDue(worker));
    if (bells.length === 0) return;
    for (const bell of new Map(bells.map((one) => [JSON.stringify(one), one])).values())
      await answerBell(worker, bell).catch(unlessRefused);
    // With time standing still, what happened before an answer could not be told from what came after.
    world.clock.pass(1);
  }
  throw new Error(`Something is due after ${mostRounds} rounds`);
}

/** As in the sweep and in the queue: what a vendor refused is written down with its row, and goes to the log. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}

const ofMoney = (bells: readonly Bell[]): Bell[] => bells.filter(({ kind }) => kinds.includes(kind));
