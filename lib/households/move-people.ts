import type { TermsChange } from "@/lib/billing/terms-change.ts";
import type { Tx } from "@/lib/db.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { writeFirst } from "./consent/agreed.ts";
import { handOutCards } from "./hand-out-cards.ts";

/** Who comes, goes and comes back, once that is agreed. The home follows (lib/provisioning/steps/owner.ts). */
export async function movePeople(tx: Tx, world: World, { id: tenantId }: Tenant, terms: TermsChange): Promise<void> {
  const { add, out, back } = terms;
  if (add.length + out.length + back.length === 0) return;
  await letGo(tx, tenantId, terms);
  await takeOut(tx, world, tenantId, terms);
  await bringBack(tx, world, tenantId, terms);
  await moveIn(tx, world, tenantId, terms);
  await handOutCards(tx, world, tenantId);
  await pokeTenant(tx, world, tenantId);
}

const theirs = (tenantId: string, ids: readonly string[]) => ({ id: { in: [...ids] }, tenantId, runsHome: false });

/** Of whoever has used no card nothing is kept: nobody ever signed in, and nobody was written to. */
async function letGo(tx: Tx, tenantId: string, { out }: TermsChange): Promise<void> {
  const gone = { ...theirs(tenantId, out), cards: { none: { usedAt: { not: null } } } };
  await tx.card.deleteMany({ where: { person: gone } });
  await tx.ask.deleteMany({ where: { person: gone } });
  await tx.childRule.deleteMany({ where: { person: gone } });
  await tx.growth.deleteMany({ where: { person: gone } });
  await tx.consent.deleteMany({ where: { person: gone } });
  await tx.houseAcceptance.deleteMany({ where: { person: gone } });
  await tx.trial.deleteMany({ where: { person: gone } });
  await tx.person.deleteMany({ where: gone });
}

/** Whoever is left has moved in, and can come back. An adult is told. */
async function takeOut(tx: Tx, world: World, tenantId: string, { out }: TermsChange): Promise<void> {
  const going = await tx.person.findMany({ where: { ...theirs(tenantId, out), ...livesThere } });
  for (const { id: personId, kind, email } of going) {
    const at = world.clock.now();
    await tx.person.update({ where: { id: personId }, data: { takenOutAt: at } });
    if (kind === "adult") await tellThem(tx, world, { personId, email, at, kind: "taken-out" });
  }
}

/** As they were: their cards are used, their rules stand. Questions of a child's may have been asked meanwhile. */
async function bringBack(tx: Tx, world: World, tenantId: string, { back }: TermsChange): Promise<void> {
  const where = { ...theirs(tenantId, back), takenOutAt: { not: null }, goneAt: null };
  const coming = await tx.person.findMany({ where });
  for (const { id: personId, kind, email, takenOutAt } of coming) {
    await tx.person.update({ where: { id: personId }, data: { takenOutAt: null } });
    if (kind === "child") await tx.tenant.update({ where: { id: tenantId }, data: { nextAsksAt: world.clock.now() } });
    else await tellThem(tx, world, { personId, email, at: takenOutAt ?? world.clock.now(), kind: "brought-back" });
  }
}

interface Told {
  readonly personId: string;
  readonly email: string | null;
  /** When they were taken out. */
  readonly at: Date;
  readonly kind: "taken-out" | "brought-back";
}

const tellThem = (tx: Tx, world: World, { personId, email, at, kind }: Told): Promise<void> =>
  wantMail(tx, world, {
    cause: `${kind}:${personId}:${at.toISOString()}`,
    kind,
    to: email ?? "",
    values: { personId },
  });

async function moveIn(tx: Tx, { clock, ids }: World, tenantId: string, terms: TermsChange): Promise<void> {
  const { add } = terms;
  const last = await tx.person.aggregate({ where: { tenantId }, _max: { place: true } });
  const from = (last._max.place ?? 0) + 1;
  await tx.person.createMany({
    data: add.map(({ given, part, kind, email, ageBand }, n) => ({
      ...{ id: ids.id("per"), tenantId, place: from + n, given, part, kind },
      ...{ email: email || null, ageBand: ageBand ?? null },
      // As for whoever was there from the beginning (lib/tenants/ask-for-tenant.ts).
      ...{ runsHome: false, page: kind === "adult", createdAt: clock.now() },
    })),
    skipDuplicates: true,
  });
  await writeConsents(tx, tenantId, terms);
}

/** What was agreed to with the change, for the children who came with it. */
async function writeConsents(tx: Tx, tenantId: string, { add, consent, billed }: TermsChange): Promise<void> {
  if (!consent) return;
  const parts = add.filter(({ kind }) => kind === "child").map(({ part }) => part);
  const came = await tx.person.findMany({
    where: { tenantId, part: { in: parts }, kind: "child" },
    select: { id: true },
  });
  await writeFirst(
    tx,
    came.map(({ id }) => id),
    { ...consent, from: consent.from, at: new Date(consent.at), method: billed ? "card-payment" : "mailbox" },
  );
}
