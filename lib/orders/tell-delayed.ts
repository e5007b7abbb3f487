import { secondsAfter } from "@/lib/clock.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { describeSteps } from "@/lib/tenants/describe-steps.ts";
import type { World } from "@/lib/world.ts";
import { isOwnersTurn } from "./describe-watch.ts";

/** A home takes about a minute. After ten the buyer has closed the page, and should not have to wonder. */
const patienceSeconds = 600;

/** Writes once to every buyer whose home takes longer than usual and who need do nothing. What they must do has a mail of its own. */
export async function tellDelayed(world: World): Promise<void> {
  const { db, clock } = world;
  const late = await db.tenant.findMany({
    where: {
      want: "present",
      readyAt: null,
      order: { state: "paid", paidAt: { lte: secondsAfter(clock.now(), -patienceSeconds) } },
    },
    include: { order: true, steps: true },
    orderBy: { createdAt: "asc" },
    take: 100, // a round; the next takes the rest once these are told
  });
  for (const { id, order, steps } of late) {
    if (describeSteps(steps).some(isOwnersTurn)) continue;
    await wantMail(db, world, {
      cause: `delayed:${id}`,
      kind: "delayed",
      to: order.email ?? "",
      values: { orderId: order.id },
    });
  }
}
