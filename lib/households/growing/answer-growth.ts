import { NameplateError } from "@/lib/errors.ts";
import { bandAt, grownInto } from "@/lib/tenants/growing-up.ts";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf, heldChild, seenOf } from "../rules/child-of.ts";
import { decideRules } from "../rules/decide-rules.ts";

export const growthAnswers = ["take", "leave"] as const;

export interface GrowthAnswer {
  readonly personId: string;
  /** What was offered. */
  readonly band: string;
  readonly answer: (typeof growthAnswers)[number];
  /** What the page showed of the child's rules (RulesView). */
  readonly seen: number;
}

/**
 * Takes the rules that are offered to a child of that age, as the page showed them, or leaves them as they are. Said once: of two
 * parents in two windows the later one sees what the other decided.
 */
export async function answerGrowth(world: World, who: Member, asked: GrowthAnswer): Promise<void> {
  const { db, clock, ring } = world;
  const { home, child } = await childOf(world, who, asked.personId);
  const changed = await db.$transaction(async (tx) => {
    const now = await heldChild(tx, child);
    const band = child.bornOn ? bandAt(child.bornOn, clock.now()) : undefined;
    const offer = await tx.growth.findFirst({ where: { personId: child.id, band: asked.band, answeredAt: null } });
    // Another one answered, or the child has outgrown it since the page was made.
    if (!band || band !== offer?.band || (asked.answer === "take" && seenOf(now) !== asked.seen))
      throw meanwhile(child.id);
    await tx.growth.update({
      where: { personId_band: { personId: child.id, band } },
      data: { answer: asked.answer, answeredAt: clock.now(), answeredBy: who.userId },
    });
    if (asked.answer === "leave") return false;
    return decideRules(tx, world, now, { rules: grownInto(band, rulesOf(now)), by: who.userId });
  });
  if (changed) await ring({ kind: "tenant", tenantId: home.id });
}

const meanwhile = (id: string) =>
  new NameplateError("changed-meanwhile", `Growth of ${id}: an older form`, { key: "family.growing.errors.changed" });
