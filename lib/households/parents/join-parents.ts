import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Parent } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { inviteOf, lookAtInvite } from "./look-at-invite.ts";
import { holdParents, parentsOf } from "./parents-of.ts";

const refused = (why: string, key: string) =>
  new NameplateError("changed-meanwhile", why, { key: `parent.errors.${key}` });

/**
 * Whoever was asked looks after the children from now on. The link alone is not enough: they have opened another one in the mailbox that
 * was asked. Pressing twice, in two tabs too, is pressing once. Returns the home's name.
 */
export async function joinParents(world: World, who: SignedIn, token: string): Promise<string> {
  const { db, ring } = world;
  const found = await inviteOf(db, token);
  if (!found) throw new NameplateError("not-found", "Nobody was sent this link");
  if (!who.emailVerified || who.email !== found.email) throw refused("Another mailbox", "mailbox");
  const joined = await db.$transaction(async (tx) => {
    await holdParents(tx, { id: found.tenantId });
    const sight = await lookAtInvite({ db: tx, clock: world.clock }, token);
    const asked = await inviteOf(tx, token);
    if (!sight || !asked) throw new NameplateError("not-found", "The home is gone");
    if (sight.state === "done" && asked.userId === who.userId) return { name: sight.name, anew: false };
    if (sight.state !== "works") throw refused(`The invite is ${sight.state}`, "over");
    await writeJoined(tx, world, asked, who);
    return { name: sight.name, anew: true };
  });
  if (joined.anew) {
    await ring({ kind: "tenant", tenantId: found.tenantId });
    await ring({ kind: "asks", tenantId: found.tenantId });
    await ring({ kind: "mail" });
  }
  return joined.name;
}

async function writeJoined(tx: Tx, world: World, { id, tenantId, email }: Parent, { userId }: SignedIn): Promise<void> {
  const now = world.clock.now();
  const others = await parentsOf(tx, { id: tenantId });
  await tx.parent.update({ where: { id }, data: { joinedAt: now, userId } });
  await tx.link.updateMany({ where: { purpose: "parent", subject: id, usedAt: null }, data: { usedAt: now } });
  const { order } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { order: true } });
  if (order.email?.toLowerCase() === email)
    await tx.tenant.update({ where: { id: tenantId }, data: { ownerIsParent: true } });
  // Whoever runs the home is its member already, and stays that.
  else
    await tx.membership.createMany({
      data: [{ userId, tenantId, role: "parent", since: now }],
      skipDuplicates: true,
    });
  for (const { email: to } of others)
    await wantMail(tx, world, {
      cause: `parent-joined:${id}:${to}`,
      kind: "parent-joined",
      to,
      values: { parentId: id },
    });
  await pokeTenant(tx, world, tenantId);
  // They may have asked for a child as anybody else, and are let in without an answer now.
  await tx.failedBell.deleteMany({ where: { id: bellId({ kind: "asks", tenantId }) } });
  await tx.tenant.update({ where: { id: tenantId }, data: { nextAsksAt: now } });
}
