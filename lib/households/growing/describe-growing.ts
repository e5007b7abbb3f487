import type { ChildRules } from "@/lib/provisioning/household.ts";
import { type AgeBand, ageBandOf } from "@/lib/tenants/age-band.ts";
import { adultAt, announcedAt, bandAt, birthdayOf, birthdays, grownInto } from "@/lib/tenants/growing-up.ts";
import { newestRuleFirst, rulesOf } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { seenOf } from "../rules/child-of.ts";

/** How a child grows up, for its parents. Days are ISO, without an hour. */
export interface GrowingView {
  readonly personId: string;
  readonly given: string;
  /** The whole Matrix id. */
  readonly id: string;
  /** Null where no parent said it. */
  readonly bornOn: string | null;
  /** Each birthday that brings something; none where the day is not known. */
  readonly comes: readonly { readonly age: number; readonly on: string }[];
  /** When they are eighteen, once that is announced. */
  readonly adultOn: string | null;
  /** Other rules for their age, which wait for a yes or a no. */
  readonly offer: { readonly band: AgeBand; readonly rules: ChildRules } | null;
  readonly rules: ChildRules;
  readonly seen: number;
}

/** Every child of the home, in the family's order. */
export async function describeGrowing(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Member,
): Promise<readonly GrowingView[]> {
  const home = await careOf({ db }, who);
  const children = await db.person.findMany({
    where: { ...livesThere, tenantId: home.id, kind: "child" },
    orderBy: { place: "asc" },
    include: { rules: { orderBy: newestRuleFirst, take: 1 }, growths: { where: { answeredAt: null } } },
  });
  const now = clock.now();
  return children.map(({ id: personId, given, bornOn, growths, ...child }) => {
    const rules = rulesOf(child);
    // One that was offered and outgrown is offered no more.
    const band = bornOn ? ageBandOf(growths.find((one) => one.band === bandAt(bornOn, now))?.band) : undefined;
    return {
      ...{ personId, given, id: `@${child.part}:${home.name}`, rules, seen: seenOf(child) },
      bornOn: bornOn ? dayOf(bornOn) : null,
      comes: bornOn ? birthdays(bornOn).map(({ age, on }) => ({ age, on: dayOf(on) })) : [],
      adultOn: bornOn && announcedAt(bornOn, now) ? dayOf(birthdayOf(bornOn, adultAt)) : null,
      offer: band ? { band, rules: grownInto(band, rules) } : null,
    };
  });
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
