import { NameplateError } from "@/lib/errors.ts";
import type { Prisma } from "@/lib/generated/prisma/client.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { questionsOf } from "./deed/questions.ts";
import { type DeedValues, readDeed } from "./deed/read-deed.ts";
import { describeOrderProgress, isOwnersTurn } from "./describe-watch.ts";
import { type Draft, endingOf, readDraft } from "./draft.ts";
import { registrationSchema } from "./fill-deed.ts";
import { keepAllTyped } from "./keep-typed.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { otherWindow, seenOf, typedWith } from "./save-draft.ts";
import { tellWatchers } from "./tell-watchers.ts";

/**
 * After the registry refused something on the deed of a paid order: the owner corrects it, and the registry is asked once
 * more. The refused attempt is closed as cleared in the same transaction, so that nothing is bought on the old deed.
 */
export async function correctDeed(
  tools: World & { readonly names: NameSearch },
  key: OrderKey | undefined,
  typed: DeedValues,
  seen: string,
): Promise<{ readonly ok: boolean }> {
  const { names, ring } = tools;
  const order = await ownOrder(tools.db, key);
  const refusal = await refusalOf(tools, order);
  const draft = readDraft(order);
  if (seen !== seenOf(draft, "deed")) throw otherWindow(`Order ${order.id}: an older form of its deed`);
  const values = keepAllTyped(typed);
  const keepValues = (asked: boolean) =>
    save(tools, draft, { typed: typedWith(draft, "deed", { values, asked }) }, undefined);
  const schema = await registrationSchema(names, endingOf(refusal.name));
  if (schema === undefined) {
    await keepValues(false);
    throw new NameplateError("unreachable", "The registrar does not answer", { key: "again.vendorAway" });
  }
  const reading = readDeed(values, { name: refusal.name, schema, questions: questionsOf(schema) });
  if (!reading.ok) {
    await keepValues(true);
    return { ok: false };
  }
  await save(tools, draft, { deed: { ...reading.value }, typed: typedWith(draft, "deed", undefined) }, refusal);
  await ring({ kind: "tenant", tenantId: refusal.tenantId });
  return { ok: true };
}

interface Refusal {
  readonly tenantId: string;
  readonly name: string;
  readonly at: Date;
}

async function refusalOf(world: World, order: Parameters<typeof describeOrderProgress>[1]): Promise<Refusal> {
  const { steps, tenantId, name } = await describeOrderProgress(world, order);
  const refused = steps.find((step) => isOwnersTurn(step) && step.code === "registry-refused");
  if (!refused?.since || !tenantId) throw otherWindow(`Order ${order.id} waits for no deed`);
  return { tenantId, name, at: new Date(refused.since) };
}

/** Attempts that are over or in doubt; one that was seen bought the name, and is never cleared. */
const refusable = ["accepted", "refused", "doubt", "running", "given-up"];

/** Where we write stays where the receipt went: whoever owns that mailbox runs the home. */
async function save(
  world: World,
  draft: Draft,
  data: Prisma.OrderUpdateManyMutationInput,
  answers: Refusal | undefined,
): Promise<void> {
  const now = world.clock.now();
  await world.db.$transaction(async (tx) => {
    const kept = await tx.order.updateMany({
      where: { id: draft.id, version: draft.version, state: "paid" },
      data: { ...data, updatedAt: now, version: { increment: 1 } },
    });
    if (kept.count === 0) throw otherWindow(`Order ${draft.id} is no longer at version ${draft.version}`);
    if (!answers) return;
    const { tenantId, at } = answers;
    await tx.attempt.updateMany({
      // One begun after the refusal is another window's second try, and stays open.
      where: { tenantId, step: "domain", once: true, outcome: { in: refusable }, startedAt: { lte: at } },
      data: { outcome: "cleared", endedAt: now },
    });
    await pokeTenant(tx, world, tenantId);
    await tellWatchers(tx, draft.id);
  });
}
