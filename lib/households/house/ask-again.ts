import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { mineToken, unaskedDays } from "../mine/mine-secret.ts";

/**
 * Asks everybody in their own app whether they agree to this version, with a link to their own page. Whoever has not used their card yet is
 * asked by it; whoever runs the home has agreed by saving.
 */
export async function askAgain(
  tx: Tx,
  { clock, ids, linkKey }: Pick<World, "clock" | "ids" | "linkKey">,
  { id: tenantId, name }: Pick<Tenant, "id" | "name">,
  nth: number,
): Promise<void> {
  const now = clock.now();
  const people = await tx.person.findMany({
    where: { tenantId, runsHome: false, ...livesThere, cards: { some: { usedAt: { not: null } } } },
    orderBy: { place: "asc" },
  });
  for (const { id: personId, part } of people) {
    const linkId = ids.id("lnk");
    const tokenHash = hashSecret(mineToken(linkKey, linkId));
    const times = { createdAt: now, expiresAt: daysAfter(now, unaskedDays) };
    await tx.link.create({ data: { id: linkId, purpose: "mine", subject: personId, tokenHash, ...times } });
    await wantMail(
      tx,
      { clock, ids },
      {
        ...{ cause: `house-terms:${nth}:${personId}`, kind: "house-terms", to: `@${part}:${name}` },
        values: { linkId, personId, nth: `${nth}` },
      },
    );
  }
}
