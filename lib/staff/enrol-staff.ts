import { claimLink } from "@/lib/auth/claim-link.ts";
import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";
import { invitedShape } from "./invite-staff.ts";
import { writeAudit } from "./write-audit.ts";

/**
 * Uses an enrolment link. They begin afresh: every passkey, app and session of that account ends, for who opened a link in
 * its mailbox once must not become staff by it, and a lost key must open nothing. Returns the user whose session begins.
 */
export async function enrolStaff(world: Pick<World, "db" | "clock" | "ids">, token: string): Promise<string> {
  return world.db.$transaction(async (tx) => {
    const { email, name } = invitedShape.parse(JSON.parse(await claimLink(tx, world, "staff-enrol", token)));
    const userId = await accountOf(tx, world, email, name);
    await endEveryWayIn(tx, userId);
    const role = { name, role: "support" };
    await tx.staffMember.upsert({
      where: { userId },
      create: { userId, ...role, addedAt: world.clock.now() },
      update: role,
    });
    await writeAudit(tx, world, {
      staffId: userId,
      act: "staff-enrol",
      subject: userId,
      reason: "enrolment link",
      outcome: { key: "staff.outcome.enrolled" },
    });
    return userId;
  });
}

async function accountOf(tx: Tx, { clock, ids }: Pick<World, "clock" | "ids">, email: string, name: string) {
  const now = clock.now();
  const { id } = await tx.user.upsert({
    where: { email },
    // The mailbox was not proven by this: a home bought with it is opened by a link sent there, not by an enrolment.
    create: { id: ids.id("usr"), email, name, emailVerified: false, createdAt: now, updatedAt: now },
    update: {},
  });
  return id;
}

export async function endEveryWayIn(tx: Tx, userId: string): Promise<void> {
  await tx.passkey.deleteMany({ where: { userId } });
  await tx.twoFactor.deleteMany({ where: { userId } });
  await tx.session.deleteMany({ where: { userId } });
  await tx.user.update({ where: { id: userId }, data: { twoFactorEnabled: false } });
}
