import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { ChildRule, Consent, Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import { newestConsentFirst, newestRuleFirst } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";

/** Somebody at their own page. */
export interface Mine {
  readonly home: Tenant;
  readonly person: Person & { readonly rules: readonly ChildRule[]; readonly consents: readonly Consent[] };
}

/**
 * Whose page a browser's secret opens. Asking by it is the authorisation; it opens nothing after its hour, after the page was closed, and
 * of somebody who lives there no more.
 */
export async function mineOf(
  { db, clock }: { readonly db: Tx; readonly clock: World["clock"] },
  secret: string | undefined,
): Promise<Mine> {
  const link = secret === undefined ? null : await db.link.findUnique({ where: { tokenHash: hashSecret(secret) } });
  const isOpen = link?.purpose === "mine-open" && link.expiresAt > clock.now();
  const person = isOpen
    ? await db.person.findFirst({
        where: { id: link.subject, ...livesThere, tenant: { want: "present" } },
        include: {
          ...{ tenant: true, rules: { orderBy: newestRuleFirst } },
          consents: { orderBy: newestConsentFirst, take: 1 },
        },
      })
    : null;
  if (!person) throw new NameplateError("not-found", "No page is open here");
  return { home: person.tenant, person };
}
