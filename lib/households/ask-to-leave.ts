import { daysAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { NameLeave } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import { codeDays, doneDays, leavesBy, waitDays } from "@/lib/tenants/leave-rules.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { provenHome, type SignedInFor } from "./proven.ts";
import { stopToken, tellOfLeave } from "./tell-of-leave.ts";
import { whyNotLeave } from "./why-not-leave.ts";

/**
 * A family asks to take its name to another registrar, by its owner's hand and just after they proved that it is them. The row
 * is written first, everybody whose name it is gets a letter that can stop it, and a day passes before anything is given. Pressing
 * twice is asking once.
 */
export async function askToLeave(world: World, who: SignedInFor, typedTag = ""): Promise<void> {
  const { db, clock, ids, linkKey, ring } = world;
  const home = await provenHome(world, who);
  const tag = leavesBy(home.name) === "tag" ? readTag(typedTag) : null;
  const now = clock.now();
  await db.$transaction(async (tx) => {
    // The lock: of two windows the later one sees the other's row.
    await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${home.id} FOR UPDATE`;
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: home.id } });
    if (tenant.nameLeftAt || (await tx.nameLeave.findUnique({ where: { open: home.id } }))) return;
    const [held] = await whyNotLeave(tx, tenant, now);
    if (held)
      throw new NameplateError("changed-meanwhile", `${home.name} is held: ${held.code}`, {
        key: "family.leave.errors.held",
      });
    const leave = await tx.nameLeave.create({
      data: {
        ...{ id: ids.id("lev"), tenantId: home.id, open: home.id, tag },
        ...{ askedAt: now, askedBy: who.userId, waitsUntil: daysAfter(now, waitDays) },
      },
    });
    await tx.link.create({ data: stopLink(world, leave, stopToken(linkKey, leave.id)) });
    await tellOfLeave(tx, world, leave, "leave-asked");
    await pokeTenant(tx, world, home.id);
  });
  await ring({ kind: "mail" });
}

/** It works for as long as there may be anything to stop. */
const stopLink = ({ ids, clock }: World, { id: subject, waitsUntil }: NameLeave, token: string) => ({
  ...{ id: ids.id("lnk"), purpose: "stop-leave", subject, tokenHash: hashSecret(token) },
  ...{ createdAt: clock.now(), expiresAt: daysAfter(waitsUntil, doneDays + codeDays) },
});

/** Nominet's tags: capitals, digits and hyphens, 16 at most. */
function readTag(typed: string): string {
  const tag = typed.trim().toUpperCase();
  if (/^[A-Z0-9][A-Z0-9-]{1,15}$/.test(tag)) return tag;
  throw new NameplateError("bad-input", "Not a registrar's tag", { key: "family.leave.errors.tag" });
}
