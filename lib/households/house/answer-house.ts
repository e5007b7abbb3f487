import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { cardStateOf } from "../card-state.ts";
import { mineOf } from "../mine/mine-of.ts";
import { newestHouseTerms } from "./newest-house-terms.ts";

const changed = () =>
  new NameplateError("changed-meanwhile", "Other house terms hold", { key: "card.errors.houseChanged" });

/** What somebody says to the house terms on their own page. They may say otherwise later; an older version is not what holds. */
export async function answerHouse(
  world: World,
  secret: string | undefined,
  { nth, agrees }: { readonly nth: number; readonly agrees: boolean },
): Promise<void> {
  await world.db.$transaction(async (tx) => {
    const { home, person } = await mineOf({ db: tx, clock: world.clock }, secret);
    await mustHold(tx, home.id, nth);
    const key = { personId: person.id, nth };
    const said = { at: world.clock.now(), how: "own-page", agrees, by: person.id };
    await tx.houseAcceptance.upsert({ where: { personId_nth: key }, create: { ...key, ...said }, update: said });
  });
}

/** Whoever holds a card agrees with it, before they choose a password: the card's secret is the authorisation. Twice is once. */
export async function agreeByCard(
  { db, clock }: Pick<World, "db" | "clock">,
  { token, nth }: { readonly token: string; readonly nth: number },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const card = await tx.card.findUnique({ where: { tokenHash: hashSecret(token) }, include: { person: true } });
    const now = clock.now();
    if (!card || card.person.takenOutAt || cardStateOf(card, now) !== "works")
      throw new NameplateError("not-found", "No card of these works", { key: "card.wrongCode" });
    await mustHold(tx, card.person.tenantId, nth);
    const data = { personId: card.personId, nth, at: now, how: "card", agrees: true, by: card.personId };
    await tx.houseAcceptance.createMany({ data: [data], skipDuplicates: true });
  });
}

/** No new version comes in between. */
async function mustHold(tx: Tx, tenantId: string, nth: number): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${tenantId} FOR UPDATE`;
  if ((await newestHouseTerms(tx, tenantId))?.nth !== nth) throw changed();
}
