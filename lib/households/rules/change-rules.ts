import { isDeepStrictEqual } from "node:util";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import { ruleShape } from "@/lib/tenants/rule-shape.ts";
import { zones } from "@/lib/tenants/zones.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf, heldChild, seenOf } from "./child-of.ts";
import { decideRules } from "./decide-rules.ts";

export interface NewRules {
  readonly personId: string;
  /** All of them, as a form sent them. */
  readonly rules: unknown;
  /** What the form showed before (RulesView). */
  readonly seen: number;
  /** The home's time zone, and what the form showed as that before; null where there is none. Left out, it stays as it is. */
  readonly clock?: { readonly to: string | null; readonly seen: string | null };
}

/**
 * Decides a child's rules: a row, which a worker hands to the home within seconds. The same rules once more are no decision. Of
 * two parents in two windows the later one sees first what the other decided. The time zone is the home's: it holds for each child.
 */
export async function changeRules(world: World, who: Member, asked: NewRules): Promise<void> {
  const { db, ring } = world;
  const rules = ruleShape.safeParse(asked.rules);
  if (!rules.success)
    throw new NameplateError("bad-input", `Rules: ${rules.error.message}`, { key: "family.rules.errors.odd" });
  const { home, child } = await childOf(world, who, asked.personId);
  const changed = await db.$transaction(async (tx) => {
    const now = await heldChild(tx, child);
    if (seenOf(now) !== asked.seen && !isDeepStrictEqual(rulesOf(now), rules.data))
      throw new NameplateError("changed-meanwhile", `Rules of ${child.id}: an older form`, {
        key: "family.rules.errors.changed",
      });
    const moved = asked.clock ? await moveClock(tx, world, home, asked.clock) : false;
    const decided = await decideRules(tx, world, now, { rules: rules.data, by: who.userId });
    return moved || decided;
  });
  if (changed) await ring({ kind: "tenant", tenantId: home.id });
}

/** Says whether the home's clock is another one now. */
async function moveClock(
  tx: Tx,
  world: Pick<World, "clock">,
  { id }: Pick<Tenant, "id">,
  { to, seen }: Exclude<NewRules["clock"], undefined>,
): Promise<boolean> {
  if (to === seen) return false;
  if (to === null || !zones.includes(to))
    throw new NameplateError("bad-input", `No such time zone: ${to}`, { key: "family.rules.errors.zone" });
  const { count } = await tx.tenant.updateMany({ where: { id, zone: seen }, data: { zone: to } });
  if (count === 0) {
    const { zone } = await tx.tenant.findUniqueOrThrow({ where: { id }, select: { zone: true } });
    if (zone === to) return false;
    throw new NameplateError("changed-meanwhile", `The clock of ${id} is another one since`, {
      key: "family.rules.errors.changed",
    });
  }
  await pokeTenant(tx, world, id);
  return true;
}
