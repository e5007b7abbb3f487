import { isDeepStrictEqual } from "node:util";
import { NameplateError } from "@/lib/errors.ts";
import type { Prisma } from "@/lib/generated/prisma/client.ts";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import { ruleShape } from "@/lib/tenants/rule-shape.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf, newestOf, seenOf } from "./child-of.ts";

export interface NewRules {
  readonly personId: string;
  /** All of them, as a form sent them. */
  readonly rules: unknown;
  /** What the form showed before (RulesView). */
  readonly seen: number;
}

/**
 * Decides a child's rules: a row, which a worker hands to the home within seconds. The same rules once more are no decision. Of
 * two parents in two windows the later one sees first what the other decided.
 */
export async function changeRules(world: World, who: Member, asked: NewRules): Promise<void> {
  const { db, clock, ring } = world;
  const rules = ruleShape.safeParse(asked.rules);
  if (!rules.success)
    throw new NameplateError("bad-input", `Rules: ${rules.error.message}`, { key: "family.rules.errors.odd" });
  const { home, child } = await childOf(world, who, asked.personId);
  const changed = await db.$transaction(async (tx) => {
    // The lock: one decision after the other.
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${asked.personId} FOR UPDATE`;
    const now = { ...child, rules: await tx.childRule.findMany(newestOf(child.id)) };
    if (isDeepStrictEqual(rulesOf(now), rules.data)) return false;
    if (seenOf(now) !== asked.seen)
      throw new NameplateError("changed-meanwhile", `Rules of ${child.id}: an older form`, {
        key: "family.rules.errors.changed",
      });
    const row = { personId: child.id, nth: asked.seen + 1, at: clock.now(), by: who.userId };
    await tx.childRule.create({ data: { ...row, rules: rules.data as unknown as Prisma.InputJsonValue } });
    await pokeTenant(tx, world, home.id);
    return true;
  });
  if (changed) await ring({ kind: "tenant", tenantId: home.id });
}
