import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { ChildRule, Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { newestRuleFirst } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";

export type Child = Person & { readonly rules: readonly ChildRule[] };

/** A child that is theirs to look after, with what was decided for it. Everybody else hears that there is no such child. */
export async function childOf(
  { db }: Pick<World, "db">,
  who: Member,
  personId: string,
): Promise<{ readonly home: Tenant; readonly child: Child }> {
  const home = await careOf({ db }, who);
  const child = await db.person.findFirst({
    where: { id: personId, tenantId: home.id, kind: "child", ...livesThere },
    include: { rules: { orderBy: newestRuleFirst } },
  });
  if (!child) throw new NameplateError("not-found", `No child ${personId} in ${home.id}`);
  return { home, child };
}

/** The child as it is now, until the transaction's end: one decision after the other. */
export async function heldChild(tx: Tx, child: Child): Promise<Child> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${child.id} FOR UPDATE`;
  const rules = await tx.childRule.findMany({ where: { personId: child.id }, orderBy: newestRuleFirst });
  return { ...child, rules };
}

/** How often was decided: a form that showed something else changes nothing. */
export const seenOf = ({ rules: [newest] }: Pick<Child, "rules">): number => newest?.nth ?? 0;
