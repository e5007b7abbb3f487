import type { World } from "@/lib/world.ts";
import { bellsGivenUp, homesLate, mailsGivenUp, namesUnlike, stepsHeld, type WantedAlert } from "./wanted-alerts.ts";
import { disputesToAnswer, paymentsWarned } from "./wanted-dispute-alerts.ts";
import { erasuresLate } from "./wanted-erase-alerts.ts";
import { leavesToSee } from "./wanted-leave-alerts.ts";
import { billsEnded, billsHeld, billsUnpaid, paymentsUnknown, refundsHeld } from "./wanted-money-alerts.ts";
import { reportsLate } from "./wanted-report-alerts.ts";
import { trialsToSee } from "./wanted-trial-alerts.ts";
import { yearsToSee } from "./wanted-year-alerts.ts";

/**
 * Opens an alert for whatever a person of ours must look at, and closes those that are over: of one tenant's steps, or of
 * everything. A difference between what the tables say and which alerts are open; done twice, the second time does nothing.
 */
export async function keepAlerts(world: Pick<World, "db" | "clock" | "ids">, tenantId?: string): Promise<void> {
  const { db, clock, ids } = world;
  const now = clock.now();
  // The open ones first: one that another worker opens meanwhile is not taken for one that is over.
  const mine = tenantId === undefined ? {} : { tenantId, about: "step" };
  const open = await db.alert.findMany({
    where: { ...mine, open: { not: null } },
    select: { id: true, open: true },
    orderBy: { id: "asc" },
  });
  const wanted = tenantId === undefined ? await everything(world) : await stepsHeld(db, tenantId);
  const missing = wanted.filter((alert) => !open.some((one) => one.open === alert.open));
  const over = open.filter((one) => !wanted.some((alert) => alert.open === one.open));
  if (missing.length > 0)
    await db.alert.createMany({
      data: missing.map((alert) => ({ id: ids.id("alr"), openedAt: now, ...alert })),
      skipDuplicates: true,
    });
  if (over.length > 0)
    await db.alert.updateMany({
      where: { id: { in: over.map(({ id }) => id) }, open: { not: null } },
      data: { open: null, closedAt: now },
    });
}

async function everything({ db, clock }: Pick<World, "db" | "clock">): Promise<WantedAlert[]> {
  const [steps, late, ...others] = await Promise.all([
    stepsHeld(db),
    homesLate(db, clock.now()),
    refundsHeld(db, clock.now()),
    billsHeld(db),
    billsUnpaid(db, clock.now()),
    billsEnded(db),
    paymentsUnknown(db),
    disputesToAnswer(db),
    paymentsWarned(db),
    yearsToSee(db, clock.now()),
    mailsGivenUp(db),
    bellsGivenUp(db),
    namesUnlike(db),
    leavesToSee(db, clock.now()),
    trialsToSee(db),
    reportsLate(db, clock.now()),
    erasuresLate(db, clock.now()),
  ]);
  // A home that is late because of a step that has an alert needs no second one.
  const held = new Set(steps.map((alert) => alert.tenantId));
  const lateAlone = late.filter((alert) => !held.has(alert.tenantId));
  return [...steps, ...lateAlone, ...others.flat()];
}
