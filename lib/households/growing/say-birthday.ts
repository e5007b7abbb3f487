import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf } from "../rules/child-of.ts";
import { readBirthday } from "./read-birthday.ts";

/**
 * Writes down when a child was born, as a parent types it; empty to have it forgotten. What was offered by another day, and not
 * answered, is offered no more; the sweep offers what follows from this one (grow-up.ts).
 */
export async function sayBirthday(
  world: World,
  who: Member,
  { personId, typed }: { readonly personId: string; readonly typed: string },
): Promise<void> {
  const { db, clock } = world;
  const { child } = await childOf(world, who, personId);
  const read = readBirthday(typed, clock.now());
  if (!read.ok) throw new NameplateError("bad-input", `Birthday of ${child.id}`, read.problems[0]?.say);
  const bornOn = read.value;
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${child.id} FOR UPDATE`;
    await tx.growth.deleteMany({ where: { personId: child.id, answeredAt: null } });
    await tx.person.updateMany({
      where: { id: child.id, kind: "child" },
      data: { bornOn, nextGrowthAt: bornOn && clock.now() },
    });
  });
}
