import type { Tx } from "@/lib/db.ts";
import type { NameLeave } from "@/lib/generated/prisma/client.ts";
import { derivedSecret } from "@/lib/ids.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";

type LeaveMail = "leave-asked" | "leave-ready" | "leave-stopped" | "name-left";

/** The secret in the link that stops a leave, made again from its row when the letter is sent. */
export const stopToken = (linkKey: string, leaveId: string): string => derivedSecret(linkKey, "stop-leave", leaveId);

/**
 * A letter to everybody whose name it is: who owns the home, who pays for it, and who stands on the deed. One of those mailboxes
 * may be in a stranger's hands; hardly all of them.
 */
export async function tellOfLeave(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  { id: leaveId, tenantId }: Pick<NameLeave, "id" | "tenantId">,
  kind: LeaveMail,
): Promise<void> {
  for (const to of await addressesOf(tx, tenantId))
    await wantMail(tx, world, { cause: `${kind}:${leaveId}:${to}`, kind, to, values: { leaveId } });
}

async function addressesOf(tx: Tx, tenantId: string): Promise<readonly string[]> {
  const { order } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { order: true } });
  const members = await tx.membership.findMany({ where: { tenantId, role: "owner" }, orderBy: { userId: "asc" } });
  const users = await tx.user.findMany({ where: { id: { in: members.map(({ userId }) => userId) } } });
  const deed = deedShape.safeParse(order.deed);
  const all = [
    order.email,
    order.payerEmail,
    deed.success ? deed.data.email : null,
    ...users.map(({ email }) => email),
  ];
  return [...new Set(all.flatMap((one) => (one ? [one.toLowerCase()] : [])))];
}
