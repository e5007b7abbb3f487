import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readSaid } from "./timeline.ts";

/** One act of the staff. The time is ISO. */
export interface AuditLine {
  readonly id: string;
  readonly at: string;
  /** Null for who runs the commands on the machine. */
  readonly name: string | null;
  readonly act: string;
  readonly subject: string;
  /** The family's name or the person's e-mail, where the subject is one. */
  readonly about: string | null;
  readonly tenantId: string | null;
  readonly orderId: string | null;
  readonly reason: string;
  readonly outcome: Said;
}

/** The newest; older ones stand in the timeline of their family. */
export const mostAudit = 100;

export async function listAudit(world: Pick<World, "db" | "clock">, who: SignedIn | undefined): Promise<AuditLine[]> {
  await staffOf(world, who);
  const { db } = world;
  const rows = await db.audit.findMany({ orderBy: [{ at: "desc" }, { id: "desc" }], take: mostAudit });
  const subjects = { in: rows.map((row) => row.subject) };
  const [people, tenants, orders, users] = await Promise.all([
    db.staffMember.findMany({ where: { userId: { in: rows.map((row) => row.staffId) } } }),
    db.tenant.findMany({ where: { id: subjects }, select: { id: true, name: true } }),
    db.order.findMany({ where: { id: subjects }, select: { id: true, name: true } }),
    db.user.findMany({ where: { id: subjects }, select: { id: true, email: true } }),
  ]);
  return rows.map((row) => {
    const of = <T extends { id: string }>(list: readonly T[]): T | undefined =>
      list.find((one) => one.id === row.subject);
    const [tenant, order, user] = [of(tenants), of(orders), of(users)];
    return {
      id: row.id,
      at: row.at.toISOString(),
      name: row.staffId === "command" ? null : (people.find((one) => one.userId === row.staffId)?.name ?? row.staffId),
      act: row.act,
      subject: row.subject,
      about: tenant?.name ?? order?.name ?? user?.email ?? null,
      tenantId: tenant?.id ?? null,
      orderId: order?.id ?? null,
      reason: row.reason,
      outcome: readSaid(row.outcome),
    };
  });
}
