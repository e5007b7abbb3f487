import { NameplateError } from "@/lib/errors.ts";
import type { Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member, personOf } from "../access.ts";
import { countryOf } from "../consent/agreed.ts";
import { asksAParent } from "../consent/asks-a-parent.ts";
import { mineOf } from "../mine/mine-of.ts";
import { tellParents } from "../tell-parents.ts";

/**
 * Asks that everything we keep of somebody is erased: a parent for a child, whoever runs the home for anybody, also for whoever is taken
 * out already. It is done as soon as they are taken out, without the thirty days. Asked twice it is asked once.
 */
export async function askToErase(world: World, who: Member, personId: string): Promise<void> {
  const { home, person } = await theirs(world, who, personId);
  await mark(world, home, person, who.userId);
}

/** The same of themselves, on their own page: an adult, and a child of the age at which it decides where it lives. */
export async function askToEraseOwn(world: World, secret: string | undefined): Promise<void> {
  const { home, person } = await mineOf(world, secret);
  if (!(await mayAsk(world, home, person)))
    throw new NameplateError("not-found", "Their parents ask for a child of that age");
  await mark(world, home, person, person.id);
}

/** Whether they may ask themselves. Whoever runs the home ends it another way. */
export async function mayAsk(
  { db, clock }: Pick<World, "db" | "clock">,
  { orderId }: Pick<Tenant, "orderId">,
  person: Person,
): Promise<boolean> {
  if (person.runsHome) return false;
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId }, select: { deed: true } });
  return !asksAParent(person, countryOf(order), clock.now());
}

/** Whoever asked takes it back as long as it is not done, and nobody else: it is a right of theirs, or of the child they speak for. */
export async function keepData(world: World, who: Member, personId: string): Promise<void> {
  const { person } = await theirs(world, who, personId);
  if (person.eraseAskedBy === who.userId) await unmark(world, person.id);
}

export async function keepOwnData(world: World, secret: string | undefined): Promise<void> {
  const { person } = await mineOf(world, secret);
  if (person.eraseAskedBy === person.id) await unmark(world, person.id);
}

async function theirs(world: World, who: Member, personId: string): Promise<{ home: Tenant; person: Person }> {
  const person = await world.db.person.findUnique({ where: { id: personId } });
  if (!person?.takenOutAt) return personOf(world, who, personId);
  // Of whoever is taken out whoever runs the home decides: they alone can bring them back.
  const home = await homeOf(world, who);
  if (person.tenantId !== home.id || person.goneAt)
    throw new NameplateError("not-found", "No such person in this home");
  return { home, person };
}

async function mark(world: World, home: Tenant, person: Person, by: string): Promise<void> {
  if (person.runsHome) throw new NameplateError("bad-input", "Whoever runs the home ends it another way");
  await world.db.$transaction(async (tx) => {
    const now = world.clock.now();
    const asked = { eraseAskedAt: now, eraseAskedBy: by };
    const { count } = await tx.person.updateMany({ where: { id: person.id, eraseAskedAt: null }, data: asked });
    if (count === 0) return;
    const letter = { cause: `erase:${person.id}:${now.getTime()}`, kind: "erase-asked" } as const;
    const values = { personId: person.id };
    if (person.kind === "child") await tellParents(tx, world, home.id, { ...letter, values });
    const { email } = await tx.order.findUniqueOrThrow({ where: { id: home.orderId }, select: { email: true } });
    // Whoever runs the home takes them out, whether they look after the children or not.
    const to = (email ?? "").toLowerCase();
    await wantMail(tx, world, { ...letter, cause: `${letter.cause}:${to}`, to, values });
  });
  await world.ring({ kind: "mail" });
}

async function unmark({ db }: Pick<World, "db">, id: string): Promise<void> {
  await db.person.updateMany({ where: { id, goneAt: null }, data: { eraseAskedAt: null, eraseAskedBy: null } });
}
