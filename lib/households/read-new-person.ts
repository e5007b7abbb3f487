import type { Person } from "@/lib/generated/prisma/client.ts";
import { readPerson, type Taken } from "@/lib/orders/choose-people.ts";
import type { DraftPerson, TypedPerson } from "@/lib/orders/draft.ts";
import type { Reading } from "@/lib/orders/problem.ts";
import { mayComeBack } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member } from "./access.ts";

/**
 * Somebody more for a home, as typed, by the rules of the wizard's third screen: nobody has another's part of the address, be it
 * that the other lives there no more.
 */
export async function readNewPerson(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Member,
  typed: TypedPerson,
): Promise<Reading<DraftPerson>> {
  const home = await homeOf({ db }, who);
  const people = await db.person.findMany({ where: { tenantId: home.id } });
  const now = clock.now();
  return readPerson(typed, home.name, new Map(people.map((one) => [one.part, takenBy(one, now)])));
}

function takenBy(person: Person, now: Date): Taken {
  const { given, takenOutAt } = person;
  if (takenOutAt === null) return { given, why: "twice" };
  return { given, why: mayComeBack(person, now) ? "takenOut" : "gone" };
}
