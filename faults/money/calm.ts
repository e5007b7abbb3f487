import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { tryDeadAgain } from "@/lib/staff/try-dead-again.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { goOn } from "./go-on.ts";
import type { MoneyStage } from "./stage.ts";

/** What our endpoint is not told of, and the sweep does not ask for, is seen within a day (lib/billing/sync-billing.ts). */
const aDaySeconds = 86_400 + 60;
/** A renewal that fell into that day is charged an hour later. */
const hourSeconds = 3600 + 60;

/** Nothing more happens: what is under way comes to its end, and staff begin anew what a bank gave back. */
export async function calm(stage: MoneyStage): Promise<void> {
  const { world, worker, web } = stage;
  await goOn(stage, aDaySeconds);
  await keepAlerts(worker);
  const held = await world.database.db.alert.findMany({ where: { about: "refund", open: { not: null } } });
  const staff = held.length > 0 ? await oneOfTheStaff(world) : undefined;
  for (const { id } of held) await tryDeadAgain(web, staff, { alertId: id, reason: "The card is mended" });
  await goOn(stage, hourSeconds);
}
