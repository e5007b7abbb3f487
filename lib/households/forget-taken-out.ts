import { termsChange } from "@/lib/billing/terms-change.ts";
import type { Tx } from "@/lib/db.ts";
import type { Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { mayComeBack, tooLateSince } from "@/lib/tenants/lives-there.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import { tryEach } from "@/lib/try-each.ts";
import type { World } from "@/lib/world.ts";
import { forgetPerson } from "./forget-person.ts";

/** So many in a round; the next takes the rest. */
const atOnce = 100;

/** Who was taken out and is to be erased: nobody waits for thirty days. */
const toErase = { takenOutAt: { not: null }, eraseAskedAt: { not: null } };

/**
 * Whoever can be brought back no more is gone: written down here, once, before the home closes their account for good
 * (lib/provisioning/steps/owner.ts). What we knew of them is forgotten with it.
 */
export async function forgetTakenOut(world: World): Promise<void> {
  const { db, clock } = world;
  const over = await db.person.findMany({
    where: { goneAt: null, OR: [{ takenOutAt: { lte: tooLateSince(clock.now()) } }, toErase] },
    include: { tenant: true },
    orderBy: [{ takenOutAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await tryEach(over, (person) => db.$transaction((tx) => letGo(tx, world, person)));
}

async function letGo(tx: Tx, world: World, { id, tenant }: Person & { readonly tenant: Tenant }): Promise<void> {
  // The locks, in the order of whoever says yes to bringing them back: one of the two is first.
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${tenant.orderId} FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${id} FOR UPDATE`;
  const person = await tx.person.findUniqueOrThrow({ where: { id } });
  const now = world.clock.now();
  if (!person.takenOutAt || person.goneAt || (mayComeBack(person, now) && !person.eraseAskedAt)) return;
  // They said so in time, and a worker is about to do it.
  if (await comesBack(tx, tenant.orderId, id)) return;
  await tx.person.update({ where: { id }, data: { goneAt: now } });
  await forgetPerson(tx, person, tenant, now);
  await pokeTenant(tx, world, tenant.id);
}

async function comesBack(tx: Tx, orderId: string, personId: string): Promise<boolean> {
  const wanted = await tx.billChange.findMany({ where: { orderId, kind: "terms", state: "wanted" } });
  return wanted.some(({ terms }) => termsChange.parse(terms).back.includes(personId));
}
