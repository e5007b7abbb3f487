import type { ChildRules } from "@/lib/provisioning/household.ts";
import { isWithdrawn, newestConsentFirst, newestRuleFirst, rulesOf } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import { zoneOf } from "@/lib/tenants/zones.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { whoDecided } from "../who-decided.ts";
import { seenOf } from "./child-of.ts";

/** One child's rules, for its parents. Times are ISO. */
export interface RulesView {
  readonly personId: string;
  readonly given: string;
  /** The whole Matrix id. */
  readonly id: string;
  /** Whether there is a contact page at `https://NAME/PART`. */
  readonly page: boolean;
  readonly rules: ChildRules;
  /** Whether the account is paused whatever the rules say, for a parent withdrew what was agreed to. */
  readonly withdrawn: boolean;
  /** Those that the account began with. */
  readonly began: ChildRules;
  /** Goes with the form, so that one that showed something else changes nothing. */
  readonly seen: number;
  /** By which clock hours are meant, for all children of the home (IANA); null before a parent said so. */
  readonly zone: string | null;
  /** The clock of the country on the deed, where that has one alone; empty where we do not know. */
  readonly guessedZone: string;
  /** What was decided, the newest first; empty while the account is as it began. */
  readonly decided: readonly { readonly at: string; readonly by: string; readonly rules: ChildRules }[];
}

/** Every child of the home, in the family's order. */
export async function describeRules({ db }: Pick<World, "db">, who: Member): Promise<readonly RulesView[]> {
  const home = await careOf({ db }, who);
  const children = await db.person.findMany({
    where: { tenantId: home.id, kind: "child", ...livesThere },
    orderBy: { place: "asc" },
    include: {
      rules: { orderBy: newestRuleFirst },
      consents: { orderBy: newestConsentFirst, take: 1 },
    },
  });
  const { deed } = await db.order.findUniqueOrThrow({ where: { id: home.orderId }, select: { deed: true } });
  const registrant = deedShape.safeParse(deed);
  const guessedZone = (registrant.success ? zoneOf(registrant.data.country) : undefined) ?? "";
  const named = await whoDecided(
    db,
    home.id,
    children.flatMap(({ rules }) => rules.map(({ by }) => by)),
  );
  return children.map((child) => ({
    personId: child.id,
    given: child.given,
    id: `@${child.part}:${home.name}`,
    page: child.page,
    rules: rulesOf(child),
    withdrawn: isWithdrawn(child),
    began: rulesOf({ ...child, rules: [] }),
    seen: seenOf(child),
    ...{ zone: home.zone, guessedZone },
    decided: child.rules.map((rule, nth) => ({
      at: rule.at.toISOString(),
      by: named(rule.by),
      rules: rulesOf({ ...child, rules: child.rules.slice(nth) }),
    })),
  }));
}
