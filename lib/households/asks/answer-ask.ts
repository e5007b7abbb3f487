import { NameplateError } from "@/lib/errors.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import type { AskAnswer } from "@/lib/provisioning/ports.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import { ruleShape } from "@/lib/tenants/rule-shape.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf, heldChild } from "../rules/child-of.ts";
import { decideRules } from "../rules/decide-rules.ts";
import { answerOf, serverOf, withAnswer } from "./question.ts";

export interface Answered {
  readonly personId: string;
  /** The other's Matrix id. */
  readonly who: string;
  readonly answer: AskAnswer;
  /** What the page showed as the answer so far. */
  readonly seen: AskAnswer | null;
}

/**
 * A parent's answer, in one transaction with the rules that follow from it. The same answer once more is none. Of two parents the
 * later one sees first what the other decided; a yes and a never are changed where the rules are.
 */
export async function answerAsk(world: World, who: Member, asked: Answered): Promise<void> {
  const { db, clock, ring } = world;
  const { home, child } = await childOf(world, who, asked.personId);
  const about = { personId: child.id, who: asked.who };
  const decided = await db.$transaction(async (tx) => {
    const now = await heldChild(tx, child);
    const asks = await tx.ask.findMany({ where: about });
    if (asks.length === 0) throw new NameplateError("not-found", `Nobody asks about ${child.id} by that name`);
    const before = answerOf(asks);
    if (before === asked.answer) return false;
    if (before !== asked.seen || before === "allow" || before === "never")
      throw new NameplateError("changed-meanwhile", `A question about ${child.id} has an answer`, {
        key: "family.asks.errors.decided",
      });
    const answered = { answer: asked.answer, answeredAt: clock.now(), answeredBy: who.userId, handedAt: null };
    await tx.ask.updateMany({ where: about, data: answered });
    await decideRules(tx, world, now, { rules: ruled(rulesOf(now), asked), by: who.userId });
    await tx.failedBell.deleteMany({ where: { id: bellId({ kind: "asks", tenantId: home.id }) } });
    await tx.tenant.update({ where: { id: home.id }, data: { nextAsksAt: clock.now() } });
    return true;
  });
  if (!decided) return;
  await ring({ kind: "tenant", tenantId: home.id });
  await ring({ kind: "asks", tenantId: home.id });
}

/** The rules that follow. A yes that would not hold, or would fit nowhere, is none. */
function ruled(rules: ChildRules, { who, answer }: Answered): ChildRules {
  if (answer === "allow" && rules.contacts.never.includes(serverOf(who)))
    throw new NameplateError("bad-input", "Nobody at that server is ever allowed", {
      key: "family.asks.errors.server",
    });
  const after = withAnswer(rules, who, answer);
  if (!ruleShape.safeParse(after).success)
    throw new NameplateError("bad-input", "The rules name more people than fit", { key: "family.asks.errors.full" });
  return after;
}
