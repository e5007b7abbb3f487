import { NameplateError } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { type Member, personOf } from "./access.ts";
import { mineOf } from "./mine/mine-of.ts";

export interface ShowPage {
  readonly personId: string;
  readonly page: boolean;
}

/** Puts a person's contact page up, or takes it down. A child has none until a parent asks for it here. */
export async function showPage(world: World, who: Member, { personId, page }: ShowPage): Promise<void> {
  const { home } = await personOf(world, who, personId);
  await putPage(world, home, { personId, page });
}

/** The same of their own page, by an adult at `/mine`; a child's is its parents' to put up. */
export async function showOwnPage(world: World, secret: string | undefined, page: boolean): Promise<void> {
  const { home, person } = await mineOf(world, secret);
  if (person.kind !== "adult") throw new NameplateError("not-found", "A child's page is its parents' to put up");
  await putPage(world, home, { personId: person.id, page });
}

async function putPage(world: World, home: Pick<Tenant, "id">, { personId, page }: ShowPage): Promise<void> {
  const changed = await world.db.$transaction(async (tx) => {
    const found = await tx.person.findFirst({ where: { id: personId, tenantId: home.id, ...livesThere } });
    if (!found) throw new NameplateError("not-found", "No such person in this home");
    if (found.page === page) return false;
    // One of our staff keeps it off (decision 41); the letter said why, and how to object.
    if (page && found.pageBarredAt) throw new NameplateError("not-found", "This page is kept off");
    await tx.person.update({ where: { id: personId }, data: { page } });
    await pokeTenant(tx, world, home.id);
    return true;
  });
  if (changed) await world.ring({ kind: "tenant", tenantId: home.id });
}
