import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, homeOf, type Member } from "../access.ts";
import { whoDecided } from "../who-decided.ts";

/** Somebody who is to be erased and lives there still. Times are ISO. */
export interface Erasure {
  readonly personId: string;
  readonly given: string;
  readonly child: boolean;
  readonly at: string;
  readonly by: string;
}

/** Of everybody for whoever runs the home, and of the children for their parents. */
export async function describeErasures(
  { db }: Pick<World, "db">,
  who: Member & { readonly runs: boolean },
): Promise<readonly Erasure[]> {
  const home = await (who.runs ? homeOf : careOf)({ db }, who);
  const people = await db.person.findMany({
    where: { ...livesThere, tenantId: home.id, eraseAskedAt: { not: null }, ...(who.runs ? {} : { kind: "child" }) },
    orderBy: { place: "asc" },
  });
  const named = await whoDecided(
    db,
    home.id,
    people.flatMap(({ eraseAskedBy }) => eraseAskedBy ?? []),
  );
  return people.map(({ id, given, kind, eraseAskedAt, eraseAskedBy }) => ({
    ...{ personId: id, given, child: kind === "child", at: eraseAskedAt?.toISOString() ?? "" },
    by: eraseAskedBy === id ? given : named(eraseAskedBy ?? ""),
  }));
}
