import { isDeepStrictEqual } from "node:util";
import type { Tx } from "@/lib/db.ts";
import type { Prisma } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { type Child, seenOf } from "./child-of.ts";

/**
 * Writes a decision down in a transaction that holds the child's row; `child` is as it was read there. The same rules once more
 * are none. Says whether it was one: ring for the tenant after the transaction.
 */
export async function decideRules(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  child: Child,
  { rules, by }: { readonly rules: ChildRules; readonly by: string },
): Promise<boolean> {
  if (isDeepStrictEqual(rulesOf(child), rules)) return false;
  const row = { personId: child.id, nth: seenOf(child) + 1, at: world.clock.now(), by };
  await tx.childRule.create({ data: { ...row, rules: rules as unknown as Prisma.InputJsonValue } });
  await tellChild(tx, world, child, row.nth);
  await pokeTenant(tx, world, child.tenantId);
  return true;
}

/** The child hears in its own app which rules read otherwise, once it has one. */
async function tellChild(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  { id: personId, part, tenantId }: Child,
  nth: number,
): Promise<void> {
  if ((await tx.card.count({ where: { personId, usedAt: { not: null } } })) === 0) return;
  const { name } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } });
  const values = { personId, nth: `${nth}` };
  await wantMail(tx, world, {
    ...{ cause: `child-rules:${personId}:${nth}`, kind: "child-rules", to: `@${part}:${name}`, values },
  });
}
