import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { writeAudit } from "./write-audit.ts";

/** Takes somebody off the staff: their sessions end at once, and links that were not used yet stop working. */
export async function removeStaff(world: Pick<World, "db" | "clock" | "ids">, email: string): Promise<void> {
  const user = await world.db.user.findUnique({ where: { email: email.toLowerCase() } });
  await world.db.$transaction(async (tx) => {
    const invited = await tx.link.updateMany({
      where: {
        purpose: "staff-enrol",
        usedAt: null,
        subject: { contains: `"email":${JSON.stringify(email.toLowerCase())}` },
      },
      data: { usedAt: world.clock.now() },
    });
    const gone = user ? await tx.staffMember.deleteMany({ where: { userId: user.id } }) : { count: 0 };
    if (gone.count === 0 && invited.count === 0) throw new NameplateError("not-found", `${email} is not on the staff`);
    if (user) await tx.session.deleteMany({ where: { userId: user.id } });
    await writeAudit(tx, world, {
      staffId: "command",
      act: "staff-remove",
      subject: user?.id ?? email.toLowerCase(),
      reason: "npm run staff -- remove",
      outcome: { key: "staff.outcome.removed" },
    });
  });
}
