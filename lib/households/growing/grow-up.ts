import { isDeepStrictEqual } from "node:util";
import type { Tx } from "@/lib/db.ts";
import type { Person } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { AgeBand } from "@/lib/tenants/age-band.ts";
import { announcedAt, bandAt, grownInto, nextGrowth } from "@/lib/tenants/growing-up.ts";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import { tryEach } from "@/lib/try-each.ts";
import type { World } from "@/lib/world.ts";
import { keepForProof } from "../consent/forget-consents.ts";
import { heldChild } from "../rules/child-of.ts";
import { tellParents } from "../tell-parents.ts";

/** So many in a round; the next takes the rest. */
const atOnce = 100;

/**
 * What a day of birth brings, when it comes: other rules are offered at ten, thirteen and sixteen and hold when a parent says so; at
 * eighteen the account is its owner's alone, which was announced twice. The sweep asks each half minute.
 */
export async function growUp(world: World): Promise<void> {
  const { db, clock, ring } = world;
  const due = await db.person.findMany({
    where: { ...livesThere, kind: "child", nextGrowthAt: { lte: clock.now() }, tenant: { want: "present" } },
    orderBy: [{ nextGrowthAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await tryEach(due, async ({ id, tenantId }) => {
    const is = await db.$transaction((tx) => grow(tx, world, id));
    if (is === "adult") await ring({ kind: "tenant", tenantId });
    await ring({ kind: "mail" });
  });
}

async function grow(tx: Tx, world: World, personId: string): Promise<"adult" | "child"> {
  const now = world.clock.now();
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId} FOR UPDATE`;
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
  const { bornOn, kind } = person;
  // Another worker was here, or a parent took the day back, or the child out: whoever comes back is looked at then.
  if (kind !== "child" || person.takenOutAt || !bornOn || !person.nextGrowthAt || person.nextGrowthAt > now)
    return "child";
  const band = bandAt(bornOn, now);
  if (!band) {
    await comeOfAge(tx, world, person);
    return "adult";
  }
  const days = announcedAt(bornOn, now);
  if (days) await tellBoth(tx, world, person, { kind: "turning-18", word: `${days}:${bornOn.toISOString()}` });
  await offer(tx, world, person, band);
  await tx.person.update({ where: { id: personId }, data: { nextGrowthAt: nextGrowth(bornOn, now) } });
  return "child";
}

/** Once an age. Where a parent has decided so before, nothing is left to offer. */
async function offer(tx: Tx, world: World, person: Person, band: AgeBand): Promise<void> {
  if (band === person.ageBand) return;
  const rules = rulesOf(await heldChild(tx, { ...person, rules: [] }));
  const same = isDeepStrictEqual(grownInto(band, rules), rules);
  const now = world.clock.now();
  const { count } = await tx.growth.createMany({
    data: [{ personId: person.id, band, offeredAt: now, answeredAt: same ? now : null }],
    skipDuplicates: true,
  });
  if (count > 0 && !same) await tellBoth(tx, world, person, { kind: "grown", word: band });
}

/** From now on nobody decides for them: no rule holds, no question is asked, and none is kept. */
async function comeOfAge(tx: Tx, world: World, person: Person): Promise<void> {
  const { id, tenantId } = person;
  await tellBoth(tx, world, person, { kind: "now-18", word: "18" });
  await tx.ask.deleteMany({ where: { personId: id } });
  await tx.childRule.deleteMany({ where: { personId: id } });
  await tx.growth.deleteMany({ where: { personId: id } });
  await keepForProof(tx, id, world.clock.now());
  // One that still has an account of a stranger closes that first.
  await tx.trial.deleteMany({ where: { personId: id, stranger: null } });
  await tx.person.update({
    where: { id },
    data: { kind: "adult", ageBand: null, bornOn: null, nextGrowthAt: null },
  });
  await pokeTenant(tx, world, tenantId);
}

/** The parents, and the child where it has a mailbox of its own. */
async function tellBoth(
  tx: Tx,
  world: World,
  { id: personId, tenantId, email }: Person,
  { kind, word }: { readonly kind: "grown" | "turning-18" | "now-18"; readonly word: string },
): Promise<void> {
  const cause = `${kind}:${personId}:${word}`;
  const values = { personId };
  const parents = await tellParents(tx, world, tenantId, { cause, kind, values });
  const own = email?.toLowerCase() ?? "";
  if (own !== "" && !parents.includes(own))
    await wantMail(tx, world, { cause: `${cause}:own`, kind, to: own, values: { ...values, own: "yes" } });
}
