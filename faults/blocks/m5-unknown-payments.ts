import { giveBackPayment } from "@/lib/staff/give-back-payment.ts";
import { settlePayment } from "@/lib/staff/settle-payment.ts";
import type { FaultKind } from "@/sandbox/shared/faults.ts";
import type { Life } from "../world/life.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { unlessABug } from "../world/unless-a-bug.ts";
import type { SimWorld } from "../world/world.ts";

/** What staff do about a payment that no order knows, once a database was set back to before the order. */
export interface Settling {
  readonly name: string;
  run(world: SimWorld, life: Life): Promise<void>;
}

const reason = "The payer asked for it";
type Press = (world: SimWorld, sessionId: string) => Promise<unknown>;
const giveBack: Press = async (world, sessionId) =>
  giveBackPayment(world.web(), await oneOfTheStaff(world), { sessionId, reason });
const callSettled: Press = async (world, sessionId) =>
  settlePayment(world.web(), await oneOfTheStaff(world), { sessionId, reason });

/** What goes wrong with the calls that follow, by the stand-in's names of them. */
const faults: readonly (readonly [call: string, kind: FaultKind, words: string])[] = [
  ["refunds.create", "timeout-after", "the answer is lost"],
  ["refunds.create", "500-after", "it is answered with a failure"],
  ["refunds.create", "timeout-before", "it is never heard"],
  ["refunds.create", "429", "the vendor wants it slower"],
  ["subscriptions.cancel", "timeout-after", "the answer to the subscription's end is lost"],
];

export const settlings: readonly Settling[] = [
  { name: "and staff give the payment back", run: (world, life) => press(world, life, [giveBack]) },
  { name: "and two people give the payment back", run: (world, life) => press(world, life, [giveBack, giveBack]) },
  { name: "and staff call the payment settled", run: (world, life) => press(world, life, [callSettled]) },
  {
    name: "and one gives the payment back while another calls it settled",
    run: (world, life) => press(world, life, [giveBack, callSettled]),
  },
  ...faults.map(([call, kind, words]) => ({
    name: `and staff give the payment back twice, and ${words}`,
    run: async (world: SimWorld, life: Life) => {
      world.vendors.stripeFaults.plan({ call, kind, times: 1, ms: 0, skip: 0 });
      await press(world, life, [giveBack, giveBack]);
    },
  })),
];

/** Side by side, each by a person of their own; whoever comes second is told so. */
async function press(world: SimWorld, life: Life, presses: readonly Press[]): Promise<void> {
  const { sessionId } = await world.database.db.strayPayment.findFirstOrThrow();
  const told = await Promise.allSettled(presses.map((one) => one(world, sessionId)));
  const heard = told.filter(({ status }) => status === "fulfilled").length;
  if (heard !== 1) throw new Error(`${heard} of ${presses.length} presses settled it`);
  for (const one of told) if (one.status === "rejected") unlessABug(one.reason);
  await life.untilQuiet();
}
