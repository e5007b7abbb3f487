import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { tryDeadAgain } from "@/lib/staff/try-dead-again.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { goOn } from "./go-on.ts";
import type { MoneyStage } from "./stage.ts";

/** Of what no webhook told, the sweep hears within the hour. */
const hourSeconds = 3600 + 60;

/** Nothing more happens: what is under way comes to its end, and staff begin anew what a bank gave back. */
export async function calm(stage: MoneyStage): Promise<void> {
  const { world, worker, web } = stage;
  await goOn(stage, hourSeconds);
  await keepAlerts(worker);
  const held = await world.database.db.alert.findMany({ where: { about: "refund", open: { not: null } } });
  const staff = held.length > 0 ? await oneOfTheStaff(world) : undefined;
  for (const { id } of held) await tryDeadAgain(web, staff, { alertId: id, reason: "The card is mended" });
  await goOn(stage, hourSeconds);
}
