import { secondsAfter } from "@/lib/clock.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { tryDeadAgain } from "@/lib/staff/try-dead-again.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { goOn } from "./go-on.ts";
import type { MoneyStage } from "./stage.ts";

/** Of what no webhook told, the sweep hears within the hour. */
const hourSeconds = 3600 + 60;
/** But that a bank gave a refund back, a day after it was done (lib/orders/watch-refunds.ts). */
const daySeconds = 86_400 + 60;

/** Nothing more happens: what is under way comes to its end, and staff begin anew what a bank gave back. */
export async function calm(stage: MoneyStage): Promise<void> {
  const { world, worker, web } = stage;
  await goOn(stage, hourSeconds);
  await watchTheLatest(stage);
  await keepAlerts(worker);
  const held = await world.database.db.alert.findMany({ where: { about: "refund", open: { not: null } } });
  const staff = held.length > 0 ? await oneOfTheStaff(world) : undefined;
  for (const { id } of held) await tryDeadAgain(web, staff, { alertId: id, reason: "The card is mended" });
  await goOn(stage, hourSeconds);
  await watchTheLatest(stage);
}

async function watchTheLatest(stage: MoneyStage): Promise<void> {
  const { clock, database } = stage.world;
  const since = secondsAfter(clock.now(), -daySeconds);
  const latest = await database.db.refund.count({ where: { state: "done", doneAt: { gt: since } } });
  if (latest > 0) await goOn(stage, daySeconds);
}
