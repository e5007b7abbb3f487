import type { Consent } from "@/lib/generated/prisma/client.ts";
import { newestConsentFirst } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { whoDecided } from "../who-decided.ts";
import { type AgeOfConsent, ageOfConsent } from "./ages.ts";
import { type ConsentMethod, countryOf } from "./agreed.ts";
import { asksAParent } from "./asks-a-parent.ts";

/** What was agreed to for a child, for its parents. Times are ISO. */
export interface ConsentView {
  readonly personId: string;
  readonly given: string;
  /** The whole Matrix id. */
  readonly id: string;
  /** Where the family lives now, and from which age children decide there. */
  readonly country: string;
  readonly age: AgeOfConsent;
  /** Whether a parent has to agree: not once the child is old enough. */
  readonly asked: boolean;
  /** The newest; null where nobody ever agreed. */
  readonly newest: GivenConsent | null;
}

export interface GivenConsent {
  readonly nth: number;
  readonly text: string;
  readonly at: string;
  readonly by: string;
  readonly method: ConsentMethod;
  readonly country: string;
  readonly from: string | null;
  readonly withdrawn: { readonly at: string; readonly by: string } | null;
}

/** Every child of the home, in the family's order. */
export async function describeConsents(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Member,
): Promise<readonly ConsentView[]> {
  const home = await careOf({ db }, who);
  const children = await db.person.findMany({
    where: { ...livesThere, tenantId: home.id, kind: "child" },
    orderBy: { place: "asc" },
    include: { consents: { orderBy: newestConsentFirst, take: 1 } },
  });
  const order = await db.order.findUniqueOrThrow({ where: { id: home.orderId } });
  const [country, now] = [countryOf(order), clock.now()];
  const ids = children.flatMap(({ consents }) =>
    consents.flatMap(({ by, withdrawnBy }) => [by ?? [], withdrawnBy ?? []].flat()),
  );
  const named = await whoDecided(db, home.id, ids);
  return children.map((child) => ({
    ...{ personId: child.id, given: child.given, id: `@${child.part}:${home.name}`, country },
    age: ageOfConsent(country, now),
    asked: asksAParent(child, country, now),
    newest: child.consents[0] ? givenOf(child.consents[0], child.given, order.given ?? "", named) : null,
  }));
}

function givenOf(
  { nth, text, givenAt, by, method, country, from, withdrawnAt, withdrawnBy }: Consent,
  child: string,
  buyer: string,
  named: (id: string) => string,
): GivenConsent {
  return {
    ...{ nth, text, at: givenAt.toISOString(), method: method as ConsentMethod, country, from },
    by: by === null ? (method === "own" ? child : buyer) : named(by),
    withdrawn: withdrawnAt ? { at: withdrawnAt.toISOString(), by: named(withdrawnBy ?? "") } : null,
  };
}
