import { handOutCards } from "@/lib/households/hand-out-cards.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { Report } from "@/lib/provisioning/reconcile.ts";
import type { World } from "@/lib/world.ts";
import { loseName } from "./lose-name.ts";

/**
 * What follows from a run's findings, each once: the account can be signed in to, the home was seen from outside (cards
 * and the "ready" mail), the registry waits for the buyer, or the name is lost. Idempotent: repeated after any crash.
 */
export async function noteProgress(world: World, tenantId: string, report: Report): Promise<void> {
  const { db, clock } = world;
  const settled = (step: Parameters<typeof report.findings.get>[0]): boolean =>
    report.findings.get(step)?.state === "settled";
  const domain = report.findings.get("domain");
  const now = clock.now();
  await db.$transaction(async (tx) => {
    const row = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { order: true } });
    if (row.want !== "present") return;
    const to = row.order.email ?? "";
    if (!row.accountAt && settled("owner") && settled("certificate") && settled("site"))
      await tx.tenant.update({ where: { id: tenantId }, data: { accountAt: now } });
    if (settled("owner")) await handOutCards(tx, world, tenantId);
    if (!row.readyAt && settled("seen-from-outside")) {
      await tx.tenant.update({ where: { id: tenantId }, data: { readyAt: now } });
      await wantMail(tx, world, { cause: `ready:${row.orderId}:${row.name}`, kind: "ready", to, values: { tenantId } });
      await tx.$executeRaw`SELECT pg_notify('tenant', ${tenantId})`;
    }
    if (domain?.state !== "blocked") return;
    if (domain.reason.code === "confirm-email")
      await wantMail(tx, world, {
        cause: `confirm-email:${tenantId}`,
        kind: "confirm-email",
        to,
        values: { tenantId },
      });
    if (domain.reason.code === "name-lost" && !row.readyAt) {
      await loseName(tx, world, row.order, domain.reason.detail);
      // The home that was begun is taken down; the name is free for whoever really has it.
      await tx.tenant.update({
        where: { id: tenantId },
        data: { want: "gone", holds: null, pokedAt: now, nextCheckAt: now },
      });
    }
  });
  await world.ring({ kind: "mail" });
}
