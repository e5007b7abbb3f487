import { z } from "zod";
import { daysAfter } from "@/lib/clock.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { writeAudit } from "./write-audit.ts";

/** What an enrolment link is for, as its row keeps it. */
export const invitedShape = z.object({ email: z.string(), name: z.string() });

/** A link for somebody new, or for one of the staff who lost their passkey. It works once, for a day. Returns its secret. */
export async function inviteStaff(
  world: Pick<World, "db" | "clock" | "ids">,
  invited: z.infer<typeof invitedShape>,
): Promise<string> {
  const { db, clock, ids } = world;
  const token = ids.secret();
  const email = invited.email.toLowerCase();
  const now = clock.now();
  await db.$transaction(async (tx) => {
    await tx.link.create({
      data: {
        id: ids.id("lnk"),
        purpose: "staff-enrol",
        subject: JSON.stringify({ ...invited, email }),
        tokenHash: hashSecret(token),
        createdAt: now,
        expiresAt: daysAfter(now, 1),
      },
    });
    await writeAudit(tx, world, {
      staffId: "command",
      act: "staff-invite",
      subject: email,
      reason: "npm run staff -- add",
      outcome: { key: "staff.outcome.invited" },
    });
  });
  return token;
}
