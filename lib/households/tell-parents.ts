import type { Tx } from "@/lib/db.ts";
import { type WantedMail, wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";

/** A letter to everybody who runs the home; to the mailbox it was bought with as long as nobody has come to the page. Says to whom. */
export async function tellParents(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  tenantId: string,
  { cause, ...mail }: Omit<WantedMail, "to">,
): Promise<readonly string[]> {
  const members = await tx.membership.findMany({ where: { tenantId }, orderBy: { userId: "asc" } });
  const users = await tx.user.findMany({ where: { id: { in: members.map(({ userId }) => userId) } } });
  const { orderId } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { orderId: true } });
  const { email } = await tx.order.findUniqueOrThrow({ where: { id: orderId }, select: { email: true } });
  const addresses = users.length > 0 ? users.map((user) => user.email) : [email ?? ""];
  const told = [...new Set(addresses.map((one) => one.toLowerCase()))];
  for (const to of told) await wantMail(tx, world, { ...mail, cause: `${cause}:${to}`, to });
  return told;
}
