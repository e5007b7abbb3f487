import { isDeepStrictEqual } from "node:util";
import { NameplateError } from "@/lib/errors.ts";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import { ruleShape } from "@/lib/tenants/rule-shape.ts";
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
}

/**
 * Decides a child's rules: a row, which a worker hands to the home within seconds. The same rules once more are no decision. Of
 * two parents in two windows the later one sees first what the other decided.
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
    return decideRules(tx, world, now, { rules: rules.data, by: who.userId });
  });
  if (changed) await ring({ kind: "tenant", tenantId: home.id });
}
