import type { Person } from "@/lib/generated/prisma/client.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import type { AskAnswer } from "@/lib/provisioning/ports.ts";
import { inForce } from "@/lib/tenants/household-of.ts";
import type { World } from "@/lib/world.ts";
import { newestHouseTerms } from "../house/newest-house-terms.ts";
import { parentNames } from "../parents/describe-parents.ts";
import { whoDecided } from "../who-decided.ts";
import { mineOf } from "./mine-of.ts";

/** What somebody sees of themselves. Times are ISO. */
export interface MineView {
  readonly name: string;
  readonly given: string;
  /** The whole Matrix id. */
  readonly id: string;
  /** Whether there is a contact page of theirs: kept off where one of our staff took it off (decision 41). */
  readonly page: "up" | "none" | "kept-off";
  /** The house terms that hold, and what they said to them; null where the family has none. */
  readonly house: { readonly nth: number; readonly text: string; readonly agrees: boolean | null } | null;
  /** Of a child; null of an adult, for whom nobody decides. */
  readonly child: {
    readonly rules: ChildRules;
    /** What those are called who look after the children. */
    readonly parents: readonly string[];
    /** What the child asked for itself, the newest first. */
    readonly wishes: readonly Wish[];
  } | null;
}

export interface Wish {
  /** The other's Matrix id. */
  readonly who: string;
  readonly words: string;
  readonly askedAt: string;
  readonly answer: AskAnswer | null;
  /** Who decided; empty where the rules did. */
  readonly by: string;
}

async function houseOf({ db }: Pick<World, "db">, tenantId: string, personId: string): Promise<MineView["house"]> {
  const newest = await newestHouseTerms(db, tenantId);
  if (!newest) return null;
  const { nth, text } = newest;
  const said = await db.houseAcceptance.findUnique({ where: { personId_nth: { personId, nth } } });
  return { nth, text, agrees: said?.agrees ?? null };
}

const pageOf = ({ page, pageBarredAt }: Pick<Person, "page" | "pageBarredAt">): MineView["page"] =>
  page ? "up" : pageBarredAt ? "kept-off" : "none";

/** The page that this browser's secret opens; `not-found` where it opens none. */
export async function describeMine(world: World, secret: string | undefined): Promise<MineView> {
  const { db } = world;
  const { home, person } = await mineOf(world, secret);
  const { given, part, kind } = person;
  const mine = { name: home.name, given, id: `@${part}:${home.name}`, page: pageOf(person) };
  const house = await houseOf(world, home.id, person.id);
  if (kind !== "child") return { ...mine, house, child: null };
  const asks = await db.ask.findMany({
    where: { personId: person.id, kind: "wanted" },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
  });
  const named = await whoDecided(
    db,
    home.id,
    asks.flatMap(({ answeredBy }) => answeredBy ?? []),
  );
  const wishes = asks.map((ask) => ({
    ...{ who: ask.who, words: ask.words ?? "", askedAt: ask.askedAt.toISOString() },
    answer: ask.answer as AskAnswer | null,
    by: ask.answeredBy ? named(ask.answeredBy) : "",
  }));
  return { ...mine, house, child: { rules: inForce(person), parents: await parentNames(db, home), wishes } };
}
