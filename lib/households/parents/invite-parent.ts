import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { inviteDays, inviteToken } from "./invite-secret.ts";
import { holdParents, mostParents, openInvite, parentsOf } from "./parents-of.ts";
import type { Invite } from "./read-invite.ts";

const refused = (why: string, key: string) =>
  new NameplateError("changed-meanwhile", why, { key: `family.parents.errors.${key}` });

/**
 * Asks somebody to look after the children of a home as well: by a letter, whose link does nothing before they sign in and say yes. One is
 * asked at a time; asking the same mailbox twice is asking once.
 */
export async function inviteParent(world: World, who: Member, invite: Invite): Promise<void> {
  const { id: tenantId } = await careOf(world, who);
  const asked = await world.db.$transaction(async (tx) => {
    await holdParents(tx, { id: tenantId });
    // As it is under the lock: they may have left meanwhile.
    const home = await careOf({ db: tx }, { ...who, tenantId });
    return writeInvite(tx, world, home, { ...invite, askedBy: who.userId });
  });
  if (asked) await world.ring({ kind: "mail" });
}

async function writeInvite(
  tx: Tx,
  world: World,
  home: Tenant,
  invite: Invite & { readonly askedBy: string },
): Promise<boolean> {
  const { clock, ids, linkKey } = world;
  const now = clock.now();
  const parents = await parentsOf(tx, home);
  if (parents.some(({ email }) => email === invite.email)) throw refused("A parent already", "same");
  const open = await openInvite(tx, home.id, now);
  if (open?.email === invite.email) return false;
  if (open) throw refused("Somebody is asked already", "open");
  if (parents.length >= mostParents) throw refused("Two parents already", "full");
  if ((await tx.person.count({ where: { tenantId: home.id, kind: "child", ...livesThere } })) === 0)
    throw refused("No child lives there", "noChild");
  if (invite.personId !== null) await mustBeAdult(tx, home, invite.personId);
  const [id, until] = [ids.id("par"), daysAfter(now, inviteDays)];
  await tx.parent.create({ data: { id, tenantId: home.id, ...invite, askedAt: now, until } });
  const tokenHash = hashSecret(inviteToken(linkKey, id));
  const link = { id: ids.id("lnk"), purpose: "parent", subject: id, tokenHash, createdAt: now, expiresAt: until };
  await tx.link.create({ data: link });
  const letter = { kind: "parent-asked", to: invite.email, values: { parentId: id } } as const;
  await wantMail(tx, world, { cause: `parent-asked:${id}`, ...letter });
  return true;
}

async function mustBeAdult(tx: Tx, { id: tenantId }: Tenant, id: string): Promise<void> {
  if ((await tx.person.count({ where: { id, tenantId, kind: "adult", ...livesThere } })) === 0)
    throw new NameplateError("bad-input", "No such adult lives in this home", {
      key: "family.parents.errors.personId",
    });
}
