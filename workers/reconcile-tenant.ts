import { secondsAfter } from "@/lib/clock.ts";
import { noteLeft } from "@/lib/households/note-left.ts";
import { noteProgress } from "@/lib/orders/note-progress.ts";
import { LeaseLost, openJournal } from "@/lib/provisioning/journal.ts";
import type { Lease } from "@/lib/provisioning/lease.ts";
import { type Report, reconcile } from "@/lib/provisioning/reconcile.ts";
import { heal, lookOnly, provision } from "@/lib/provisioning/step.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { leaseSeconds, releaseLease, renewLease, takeLease } from "@/lib/tenants/take-lease.ts";
import { lookJournal } from "./look-journal.ts";
import type { WorkerTools } from "./tools.ts";

/** `only-look`: what is found is written down, nothing is done about it, and the plan stays as it was. */
export type Mode = "do" | "only-look";

/** One tenant, one lease, one reconcile. May be called at any time, by any number of workers. */
export async function reconcileTenant(tools: WorkerTools, tenantId: string, mode: Mode = "do"): Promise<void> {
  const planned = mode === "only-look" ? await plannedCheck(tools, tenantId) : null;
  const lease = await takeLease(tools, tenantId, tools.holder);
  if (!lease) return;
  const begunAt = tools.clock.now();
  const stopRenewing = keepLease(tools, lease);
  let nextCheckAt: Date | null = begunAt;
  try {
    const report = await converge(tools, lease, mode);
    nextCheckAt = earlier(planned, report?.nextCheckAt ?? null);
    for (const bug of report?.bugs ?? [])
      tools.log.error({ err: bug, tenantId }, "A step failed in a way no adapter may report");
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    tools.log.warn({ tenantId }, "Lost the lease to another worker; nothing more is written");
  } finally {
    stopRenewing();
    await releaseLease(tools, lease, begunAt, nextCheckAt);
  }
}

/** Taking the lease overwrites it. */
async function plannedCheck({ db }: WorkerTools, tenantId: string): Promise<Date | null> {
  const tenant = await db.tenant.findUnique({ where: { id: tenantId }, select: { nextCheckAt: true } });
  return tenant?.nextCheckAt ?? null;
}

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));

async function converge(tools: WorkerTools, lease: Lease, mode: Mode): Promise<Report | undefined> {
  const read = await readTenant(tools, lease.tenantId);
  if (!read) return undefined;
  const { tenant, want, known, ready, turns, unanswered } = read;
  if (mode === "do" && ready && want === "present") {
    // Everybody waits their turn with the vendors: a home that stands waits for those that are being made.
    const wait = (await tools.routineWait?.()) ?? 0;
    if (wait > 0) return { findings: new Map(), bugs: [], nextCheckAt: secondsAfter(tools.clock.now(), wait) };
  }
  const full = openJournal(tools, lease, want);
  const journal = mode === "only-look" ? lookJournal(full, tools.db, tenant.id) : full;
  // A finished home is healed: nothing is deleted in it and nothing costs money without somebody asking.
  const usual = ready && want === "present" ? heal : provision;
  const report = await reconcile(tools.steps, known, {
    tenant,
    want,
    policy: mode === "only-look" ? lookOnly : usual,
    journal,
    clock: tools.clock,
    doubtSeconds: tools.doubtSeconds,
    turns,
    unanswered,
  });
  // What follows from a finding (cards, mails, a name given up) is left to the next run that acts.
  if (mode === "do") {
    await noteProgress(tools, lease.tenantId, report);
    await noteLeft(tools, tenant, report);
  }
  await keepAlerts(tools, lease.tenantId);
  const over = want === "gone" && [...report.findings.values()].every((finding) => finding.state === "settled");
  return over ? { ...report, nextCheckAt: null } : report;
}

function keepLease(tools: WorkerTools, lease: Lease): () => void {
  let working = true;
  // Asked in vain, it is asked again a third later: the database may be back before the lease has run out.
  const renew = (): Promise<boolean> =>
    renewLease(tools, lease).catch((error: unknown) => {
      tools.log.warn({ err: error, tenantId: lease.tenantId }, "Could not renew a lease");
      return true;
    });
  const loop = async (): Promise<void> => {
    while (working) {
      await tools.clock.sleep((leaseSeconds / 3) * 1000);
      if (working && !(await renew())) return;
    }
  };
  void loop();
  return () => {
    working = false;
  };
}
