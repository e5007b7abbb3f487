import type { HouseAcceptance, HouseTerms, Tenant } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { isWithdrawn, newestConsentFirst, newestRuleFirst, rulesOf } from "@/lib/tenants/household-of.ts";
import type { World } from "@/lib/world.ts";
import { type CardState, cardStateOf } from "./card-state.ts";
import { decidesAlone } from "./consent/agree-alone.ts";
import { countryOf } from "./consent/agreed.ts";
import { parentNames } from "./parents/describe-parents.ts";

/** What a card says to whoever holds it. Times are ISO. */
export interface CardSight {
  /** `consent-withdrawn`: of a child whose parents took back what they agreed to; it works again once they agree again. */
  readonly state: CardState | "home-not-ready" | "consent-withdrawn";
  readonly name: string;
  readonly given: string;
  readonly part: string;
  readonly child: boolean;
  /** Of a child what holds for it; null of an adult. */
  readonly rules: ChildRules | null;
  /** Whether the child agrees itself, being old enough where it lives; nobody has yet. */
  readonly decidesAlone: boolean;
  /** The family's house terms, which whoever holds the card agrees to; null where there are none. */
  readonly house: { readonly nth: number; readonly text: string } | null;
  readonly runsHome: boolean;
  /** What the person who runs the home is called. */
  readonly owner: string;
  /** What those are called who look after the children. */
  readonly parents: readonly string[];
  readonly expiresAt: string;
  readonly usedAt: string | null;
  /** When a newer card was made in its place. */
  readonly replacedAt: string | null;
}

/** Looks at a card and changes nothing, however often it is opened. Undefined for a link that no card has. */
export async function lookAtCard({ db, clock }: World, token: string): Promise<CardSight | undefined> {
  const card = await db.card.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: {
      person: {
        include: {
          rules: { orderBy: newestRuleFirst, take: 1 },
          consents: { orderBy: newestConsentFirst, take: 1 },
          house: { orderBy: { nth: "desc" }, take: 1 },
          tenant: {
            include: {
              order: true,
              people: { where: { runsHome: true } },
              house: { orderBy: { nth: "desc" }, take: 1 },
            },
          },
        },
      },
    },
  });
  if (!card) return undefined;
  const { person } = card;
  const { tenant } = person;
  // A home that is taken down has no cards any more, nor has whoever was taken out of it.
  if (tenant.want !== "present" || person.takenOutAt) return undefined;
  return {
    state: stateOf(cardStateOf(card, clock.now()), isWithdrawn(person), tenant),
    name: tenant.name,
    given: person.given,
    part: person.part,
    child: person.kind === "child",
    rules: person.kind === "child" ? rulesOf(person) : null,
    decidesAlone: decidesAlone(person, countryOf(tenant.order), clock.now()),
    house: person.runsHome ? null : houseOf(tenant.house[0], person.house[0]),
    runsHome: person.runsHome,
    owner: tenant.people[0]?.given ?? "",
    parents: await parentNames(db, tenant),
    expiresAt: card.expiresAt.toISOString(),
    usedAt: card.usedAt?.toISOString() ?? null,
    replacedAt: card.replacedAt?.toISOString() ?? null,
  };
}

/** Nothing is asked of whoever has agreed to what holds. */
function houseOf(newest: HouseTerms | undefined, said: HouseAcceptance | undefined): CardSight["house"] {
  if (!newest || (said?.nth === newest.nth && said.agrees)) return null;
  return { nth: newest.nth, text: newest.text };
}

function stateOf(stands: CardState, withdrawn: boolean, { accountAt }: Pick<Tenant, "accountAt">): CardSight["state"] {
  if (stands !== "works") return stands;
  if (withdrawn) return "consent-withdrawn";
  return accountAt ? stands : "home-not-ready";
}
