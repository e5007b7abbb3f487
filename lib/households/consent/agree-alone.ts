import { NameplateError } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import { newestConsentFirst } from "@/lib/tenants/household-of.ts";
import type { World } from "@/lib/world.ts";
import { cardStateOf } from "../card-state.ts";
import { type Agreed, countryOf } from "./agreed.ts";
import { type Aged, asksAParent } from "./asks-a-parent.ts";

/** Whether a child is asked itself: nobody has agreed yet, and where it lives it is old enough. */
export const decidesAlone = (
  child: Aged & { readonly consents: readonly object[] },
  country: string,
  now: Date,
): boolean => child.kind === "child" && child.consents.length === 0 && !asksAParent(child, country, now);

/** A child who is old enough agrees on its own card, whose secret is the authorisation. Twice is once. */
export async function agreeAlone(
  { db, clock }: Pick<World, "db" | "clock">,
  { token, text, from }: Agreed & { readonly token: string },
): Promise<void> {
  const tokenHash = hashSecret(token);
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Card" WHERE "tokenHash" = ${tokenHash} FOR UPDATE`;
    const tenant = { include: { order: true } };
    const consents = { orderBy: newestConsentFirst, take: 1 } as const;
    const card = await tx.card.findUnique({
      where: { tokenHash },
      include: { person: { include: { tenant, consents } } },
    });
    const now = clock.now();
    if (!card || card.person.takenOutAt || cardStateOf(card, now) !== "works")
      throw new NameplateError("not-found", "No card of these works", { key: "card.wrongCode" });
    const { person } = card;
    const country = countryOf(person.tenant.order);
    if (!decidesAlone(person, country, now)) return;
    const row = { nth: 1, givenAt: now, by: null, text, method: "own", country, from: from ?? null };
    await tx.consent.createMany({ data: [{ personId: person.id, ...row }], skipDuplicates: true });
  });
}
