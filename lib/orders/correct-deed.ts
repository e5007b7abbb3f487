import { NameplateError } from "@/lib/errors.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { questionsOf } from "./deed/questions.ts";
import { type DeedValues, readDeed } from "./deed/read-deed.ts";
import { describeOrderProgress, isOwnersTurn } from "./describe-watch.ts";
import { type DraftDeed, endingOf } from "./draft.ts";
import { registrationSchema } from "./fill-deed.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import type { Problem } from "./problem.ts";
import { tellWatchers } from "./tell-watchers.ts";

export type CorrectedDeed = { readonly ok: true } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * After the registry refused something on the deed of a paid order: the owner corrects it, and the registry is asked once
 * more. The refused attempt is closed as cleared in the same transaction, so that nothing is bought on the old one.
 */
export async function correctDeed(
  tools: World & { readonly names: NameSearch },
  key: OrderKey | undefined,
  typed: DeedValues,
): Promise<CorrectedDeed> {
  const { db, names, ring } = tools;
  const order = await ownOrder(db, key);
  const view = await describeOrderProgress(tools, order);
  const refused = view.steps.find((step) => isOwnersTurn(step) && step.code === "registry-refused");
  if (!refused?.since || !view.tenantId) throw notNow(`Order ${order.id} waits for no deed`);
  const schema = await registrationSchema(names, endingOf(view.name));
  if (schema === undefined)
    throw new NameplateError("unreachable", "The registrar does not answer", { key: "again.vendorAway" });
  const reading = readDeed(typed, { name: view.name, schema, questions: questionsOf(schema) });
  if (!reading.ok) return { ok: false, problems: reading.problems };
  const { id: orderId, version } = order;
  await keep(tools, { orderId, version, tenantId: view.tenantId, refusedAt: new Date(refused.since) }, reading.value);
  await ring({ kind: "tenant", tenantId: view.tenantId });
  return { ok: true };
}

interface Kept {
  readonly orderId: string;
  readonly version: number;
  readonly tenantId: string;
  readonly refusedAt: Date;
}

/** Attempts that are over or in doubt; one that was seen bought the name, and is never cleared. */
const refusable = ["accepted", "refused", "doubt", "running", "given-up"];

async function keep(world: World, { orderId, version, tenantId, refusedAt }: Kept, deed: DraftDeed): Promise<void> {
  const { db, clock } = world;
  const now = clock.now();
  await db.$transaction(async (tx) => {
    // Where we write stays where the receipt went: whoever owns that mailbox runs the home.
    const kept = await tx.order.updateMany({
      where: { id: orderId, version, state: "paid" },
      data: { deed: { ...deed }, updatedAt: now, version: { increment: 1 } },
    });
    if (kept.count === 0) throw notNow("Changed in another window");
    await tx.attempt.updateMany({
      // One begun after the refusal is another window's second try, and stays open.
      where: { tenantId, step: "domain", once: true, outcome: { in: refusable }, startedAt: { lte: refusedAt } },
      data: { outcome: "cleared", endedAt: now },
    });
    await pokeTenant(tx, world, tenantId);
    await tellWatchers(tx, orderId);
  });
}

const notNow = (why: string) => new NameplateError("changed-meanwhile", why, { key: "errors.otherWindow" });
