import type { HouseAcceptance } from "@/lib/generated/prisma/client.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, homeOf, type Member } from "../access.ts";
import { whoDecided } from "../who-decided.ts";

/** A family's own house terms, for whoever runs the home and each parent. Times are ISO. */
export interface HouseView {
  /** Every version, the newest first; none where the family has none. */
  readonly versions: readonly HouseVersion[];
  readonly people: readonly HousePerson[];
}

export interface HouseVersion {
  readonly nth: number;
  readonly text: string;
  readonly at: string;
  readonly by: string;
}

export interface HousePerson {
  readonly personId: string;
  readonly given: string;
  readonly child: boolean;
  /** What they said to the newest version: `card`: they have not used their card, which asks them. */
  readonly said: "agrees" | "declines" | "waiting" | "card";
  /** When, and how: read aloud by whoever sees to them, by their card, on their own page, or by saving. */
  readonly at: string | null;
  readonly how: string | null;
  /** Whether the reader sees to them, and may read it together with them. */
  readonly yours: boolean;
}

/** `runs`: the reader runs the home; otherwise they look after its children. */
export async function describeHouse(
  { db }: Pick<World, "db">,
  who: Member & { readonly runs: boolean; readonly cares: boolean },
): Promise<HouseView> {
  const home = await (who.runs ? homeOf : careOf)({ db }, who);
  const versions = await db.houseTerms.findMany({ where: { tenantId: home.id }, orderBy: { nth: "desc" } });
  const people = await db.person.findMany({
    where: { tenantId: home.id, ...livesThere },
    orderBy: { place: "asc" },
    include: { cards: { where: { usedAt: { not: null } }, take: 1 }, house: { where: { nth: versions[0]?.nth ?? 0 } } },
  });
  const named = await whoDecided(
    db,
    home.id,
    versions.map(({ by }) => by),
  );
  return {
    versions: versions.map(({ nth, text, at, by }) => ({ nth, text, at: at.toISOString(), by: named(by) })),
    people: people.map(({ id, given, kind, cards, house: [said] }) => ({
      ...{ personId: id, given, child: kind === "child", said: saidBy(said, cards.length > 0) },
      ...{ at: said?.at.toISOString() ?? null, how: said?.how ?? null },
      yours: kind === "child" ? who.cares : who.runs,
    })),
  };
}

function saidBy(said: HouseAcceptance | undefined, hasApp: boolean): HousePerson["said"] {
  if (said) return said.agrees ? "agrees" : "declines";
  return hasApp ? "waiting" : "card";
}
