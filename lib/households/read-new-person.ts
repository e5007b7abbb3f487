import { readPerson, type Taken } from "@/lib/orders/choose-people.ts";
import type { DraftPerson, TypedPerson } from "@/lib/orders/draft.ts";
import type { Reading } from "@/lib/orders/problem.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member } from "./access.ts";

/**
 * Somebody more for a home, as typed, by the rules of the wizard's third screen: nobody has another's part of the address, be it
 * that the other lives there no more.
 */
export async function readNewPerson(
  { db }: Pick<World, "db">,
  who: Member,
  typed: TypedPerson,
): Promise<Reading<DraftPerson>> {
  const home = await homeOf({ db }, who);
  const people = await db.person.findMany({ where: { tenantId: home.id } });
  const taken = people.map(({ part, given, takenOutAt, goneAt }): [string, Taken] => [
    part,
    { given, why: goneAt ? "gone" : takenOutAt ? "takenOut" : "twice" },
  ]);
  return readPerson(typed, home.name, new Map(taken));
}
