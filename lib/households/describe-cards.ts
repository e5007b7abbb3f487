import type { Card, Mail, Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, homeOf, type Who } from "./access.ts";
import { cardToken } from "./card-secret.ts";
import { cardStateOf } from "./card-state.ts";
import { mailOfCard } from "./mail-card.ts";
import { newestCardFirst } from "./newest-card.ts";

/** A home and the cards of its people, for whoever runs it. Times are ISO. */
export interface CardsView {
  readonly name: string;
  /** Seen from outside, so that whoever signs in can be written to. */
  readonly readyAt: string | null;
  /** A login could succeed: until then a card cannot be used. */
  readonly accountAt: string | null;
  /** In the family's order; whoever runs the home is first. */
  readonly people: readonly PersonCard[];
}

export interface PersonCard {
  readonly personId: string;
  readonly given: string;
  readonly part: string;
  readonly child: boolean;
  readonly runsHome: boolean;
  /** Whether there is a contact page at `https://NAME/PART`. */
  readonly page: boolean;
  /** One of our staff keeps it off. */
  readonly pageBarred: boolean;
  /** Has used a card, be it an older one. */
  readonly movedIn: boolean;
  /** The newest card; null before the first is made. */
  readonly card: CardView | null;
}

export interface CardView {
  readonly id: string;
  /** `sent`: it went out by mail to the person; `ready`: somebody must hand it over. */
  readonly state: "sent" | "ready" | "used" | "ran-out";
  readonly sentTo: string | null;
  readonly sentAt: string | null;
  readonly usedAt: string | null;
  readonly expiresAt: string;
  /** The secret of its link, `/card/TOKEN`; only while the card works. Show it to nobody else. */
  readonly token: string | null;
}

export async function describeCards(world: World, who: Who): Promise<CardsView> {
  const home = await homeOf(world, who);
  const { people, ...view } = await cardsOf(world, home, {});
  // Of children who are looked after by others their parents alone hand out the cards.
  const shown = (one: PersonCard): PersonCard => (one.child && !home.ownerIsParent ? { ...one, card: null } : one);
  return { ...view, people: people.map(shown) };
}

/** The children alone, for each of their parents. */
export async function describeChildren(world: World, who: Who): Promise<CardsView> {
  return cardsOf(world, await careOf(world, who), { kind: "child" });
}

async function cardsOf(world: World, home: Tenant, which: { readonly kind?: string }): Promise<CardsView> {
  const { db } = world;
  const people = await db.person.findMany({
    where: { tenantId: home.id, ...livesThere, ...which },
    orderBy: { place: "asc" },
    include: {
      cards: { orderBy: [...newestCardFirst], take: 1 },
      _count: { select: { cards: { where: { usedAt: { not: null } } } } },
    },
  });
  const causes = people.flatMap(({ cards }) => cards.map((card) => mailOfCard(card.id)));
  const mails = await db.mail.findMany({ where: { cause: { in: causes } } });
  return {
    name: home.name,
    readyAt: home.readyAt?.toISOString() ?? null,
    accountAt: home.accountAt?.toISOString() ?? null,
    people: people.map((person) => ({
      personId: person.id,
      given: person.given,
      part: person.part,
      child: person.kind === "child",
      runsHome: person.runsHome,
      page: person.page,
      pageBarred: person.pageBarredAt !== null,
      movedIn: person._count.cards > 0,
      card: person.cards[0] ? viewOf(world, person, person.cards[0], mails) : null,
    })),
  };
}

function viewOf({ clock, linkKey }: World, person: Person, card: Card, mails: readonly Mail[]): CardView {
  const stands = cardStateOf(card, clock.now());
  const mail = mails.find((one) => one.cause === mailOfCard(card.id) && one.sentAt);
  // A child's card went to the parent: it still has to be opened together.
  const sent = mail !== undefined && person.kind !== "child";
  const works = stands === "works";
  return {
    id: card.id,
    state: works ? (sent ? "sent" : "ready") : stands === "used" ? "used" : "ran-out",
    sentTo: mail?.to ?? null,
    sentAt: mail?.sentAt?.toISOString() ?? null,
    usedAt: card.usedAt?.toISOString() ?? null,
    expiresAt: card.expiresAt.toISOString(),
    token: works ? cardToken(linkKey, card.id) : null,
  };
}
