import { agreeTerms } from "@/lib/billing/carry-out-terms.ts";
import { periodDueAt } from "@/lib/billing/period-change.ts";
import { termsChange, termsKinds } from "@/lib/billing/terms-change.ts";
import { secondsAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { mayComeBack } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { type Member, partOf } from "./access.ts";
import { waiting } from "./ask-for-period.ts";
import { type Agreed, askedFor, countryOf } from "./consent/agreed.ts";
import { notAskedToPay } from "./not-asked-to-pay.ts";
import type { Moves } from "./who-moves.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/** What was shown is good for so long: an hour, and the sums of that moment. */
export const goodSeconds = 3600;

/**
 * The family says yes to what it was shown. What changes no bill is done at once; anything else is wanted here and done by a
 * worker, and who comes or goes does so when it is done. Pressing twice is saying it once. `agreed`: the words that they ticked for
 * a child who comes.
 */
export async function confirmTerms(world: World, who: Member, changeId: string, agreed?: Agreed): Promise<void> {
  const { db, ring } = world;
  const { home, pays } = await partOf(world, who);
  const { orderId, id: tenantId } = home;
  const billed = await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    const change = await tx.billChange.findFirst({ where: { id: changeId, orderId, kind: { in: termsKinds } } });
    if (!change) throw new NameplateError("not-found", "No such change of this home's");
    if (change.state === "wanted" || change.state === "done") return undefined;
    // What changes the bill is for whoever pays it, and who lives there for whoever chose it.
    if (termsChange.parse(change.terms).billed ? !pays : change.askedBy !== who.userId)
      throw new NameplateError("not-found", "No such change of theirs");
    return wanted(tx, world, tenantId, await withConsent(tx, world, change, agreed && { ...agreed, by: who.userId }));
  });
  if (billed === true) await ring({ kind: "order", orderId });
  if (billed === false) await ring({ kind: "tenant", tenantId });
  if (billed === false) await ring({ kind: "mail" });
}

/** Says whether the bill changes with it. */
async function wanted(tx: Tx, world: World, tenantId: string, change: BillChange): Promise<boolean> {
  const now = world.clock.now();
  const home = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const good = change.state === "shown" && now < secondsAfter(change.createdAt, goodSeconds);
  if (!good || (await whyNotTerms(tx, home))) throw changed(`${change.id} is good no more`);
  if (change.kind === "period") return wantPeriod(tx, change, now);
  const { billed, out, back } = termsChange.parse(change.terms);
  await holdMovers(tx, change, { out, back }, now);
  const where = { id: change.id };
  if (!billed) {
    await tx.billChange.update({ where, data: { state: "done", doneAt: now } });
    await agreeTerms(tx, world, change);
    return false;
  }
  await tx.billChange.update({ where, data: { state: "wanted" } });
  return true;
}

/** The same change with what a parent agreed to for a child who comes, which is asked of nobody else. */
async function withConsent(
  tx: Tx,
  { clock }: World,
  change: BillChange,
  agreed: (Agreed & { readonly by: string }) | undefined,
): Promise<BillChange> {
  const terms = termsChange.parse(change.terms);
  const order = await tx.order.findUniqueOrThrow({ where: { id: change.orderId }, select: { deed: true } });
  const country = countryOf(order);
  if (askedFor(terms.add, country, clock.now()).length === 0) return change;
  if (!agreed)
    throw new NameplateError("bad-input", `Nobody agreed to ${change.id}`, { key: "family.consent.errors.tick" });
  const { text, from, by } = agreed;
  const consent = { text, by, country, at: clock.now().toISOString(), ...(from === undefined ? {} : { from }) };
  return tx.billChange.update({ where: { id: change.id }, data: { terms: { ...terms, consent } } });
}

/** It waits for its day; what was wanted before it does not. */
async function wantPeriod(tx: Tx, { id, orderId, terms }: BillChange, now: Date): Promise<boolean> {
  await tx.billChange.updateMany({ where: { orderId, ...waiting }, data: { state: "replaced", doneAt: now } });
  await tx.billChange.update({ where: { id }, data: { state: "wanted", nextTryAt: periodDueAt(terms) } });
  return true;
}

/**
 * Who goes still lives there and moves in no more, and who comes back still may. The locks: whoever is using a card just now, or
 * closing an account for good, has done it by then.
 */
async function holdMovers(
  tx: Tx,
  { id, orderId, createdAt }: BillChange,
  { out, back }: Pick<Moves, "out" | "back">,
  now: Date,
): Promise<void> {
  const ids = [...out, ...back];
  if (ids.length === 0) return;
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ANY(${ids}) ORDER BY "id" FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Card" WHERE "personId" = ANY(${ids}) ORDER BY "id" FOR UPDATE`;
  const people = await tx.person.findMany({ where: { id: { in: ids } } });
  const stays = people.filter(({ id, takenOutAt }) => out.includes(id) && takenOutAt === null);
  const comes = people.filter((one) => back.includes(one.id) && mayComeBack(one, now));
  if (stays.length + comes.length < ids.length) throw changed(`${id} is about somebody who moved meanwhile`);
  await notAskedToPay(tx, orderId, out, now);
  const cards = { personId: { in: out } };
  // Who moved in since was shown to have no account, or a newer card.
  if ((await tx.card.count({ where: { ...cards, usedAt: { gte: createdAt } } })) > 0)
    throw changed("Somebody moved in");
  await tx.card.updateMany({ where: { ...cards, usedAt: null, replacedAt: null }, data: { replacedAt: now } });
}

const changed = (why: string) => new NameplateError("changed-meanwhile", why, { key: "family.terms.changedMeanwhile" });
