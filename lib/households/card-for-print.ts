import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";
import { personOf, type Who } from "./access.ts";
import { cardCode, cardToken } from "./card-secret.ts";
import { cardStateOf } from "./card-state.ts";
import { newestCardFirst } from "./newest-card.ts";
import { parentNames } from "./parents/describe-parents.ts";

/** One person's card as it is printed. */
export interface PrintedCard {
  readonly given: string;
  readonly part: string;
  readonly name: string;
  readonly child: boolean;
  /** Who gives it: to a child its parents, to anybody else who is on the deed. */
  readonly from: readonly string[];
  /** Null when there is no card that works: a new one must be made first. */
  readonly card: {
    readonly id: string;
    readonly token: string;
    /** What is typed by hand, `K7QM2-XWP4T`. */
    readonly code: string;
    readonly expiresAt: string;
  } | null;
  /** The newest card, whether it works or not: a new one stands in for it. */
  readonly lastCardId: string | null;
}

export async function cardForPrint(world: World, who: Who, personId: string): Promise<PrintedCard> {
  const { db, clock, linkKey } = world;
  const { home, person } = await personOf(world, who, personId);
  const card = await db.card.findFirst({ where: { personId }, orderBy: [...newestCardFirst] });
  const order = await db.order.findUniqueOrThrow({ where: { id: home.orderId } });
  const deed = deedShape.safeParse(order.deed);
  const works = card && cardStateOf(card, clock.now()) === "works";
  const child = person.kind === "child";
  return {
    given: person.given,
    part: person.part,
    name: home.name,
    child,
    from: child ? await parentNames(db, home) : [deed.success ? deed.data.fullName : (order.given ?? "")],
    card: works
      ? {
          id: card.id,
          token: cardToken(linkKey, card.id),
          code: cardCode(linkKey, card.id),
          expiresAt: card.expiresAt.toISOString(),
        }
      : null,
    lastCardId: card?.id ?? null,
  };
}
