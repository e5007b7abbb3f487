import { createHash } from "node:crypto";
import { usualTerms } from "@/lib/billing/bill.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import { daysAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Prisma } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import type { Draft, Typed } from "./draft.ts";

/** A draft nobody comes back to is forgotten after so many days; each save begins them anew. */
export const draftDays = 30;

export const otherWindow = (why: string) => new NameplateError("changed-meanwhile", why, { key: "errors.otherWindow" });

/** Saves a change of a draft. Throws `changed-meanwhile` when it has changed since it was read, or is a draft no more. */
export async function saveDraft(
  { db, clock }: Pick<World, "db" | "clock">,
  draft: Draft,
  data: Prisma.OrderUpdateManyMutationInput,
): Promise<void> {
  const now = clock.now();
  const saved = await db.order.updateMany({
    where: { id: draft.id, version: draft.version, state: "draft" },
    data: { ...data, version: { increment: 1 }, updatedAt: now, expiresAt: daysAfter(now, draftDays) },
  });
  if (saved.count === 0) throw otherWindow(`Order ${draft.id} is no longer at version ${draft.version}`);
}

export type TypedScreen = Exclude<keyof Typed, "unsent">;

/** Keeps what was typed on a screen, or forgets it once it is accepted. */
export const typedWith = <S extends TypedScreen>(
  draft: Draft,
  screen: S,
  typed: Typed[S] | undefined,
): Prisma.InputJsonObject => {
  const { [screen]: _old, ...rest } = draft.typed;
  return typed === undefined ? { ...rest } : { ...rest, [screen]: typed };
};

/**
 * A mark of what a screen showed. A form sent with an older mark comes from an older window; changes on other screens
 * do not matter to it, as the order's `version` would.
 */
export function seenOf(draft: Draft, screen: TypedScreen | "bill"): string {
  const shown = {
    look: [draft.name, draft.given, draft.part, draft.nameChecked],
    // The usual plan goes without saying: so did it before there was a choice, and those marks are still good.
    people: [draft.name, draft.people, ...plansBeside(draft)],
    deed: [draft.name, draft.deed],
    bill: [draft.name, draft.people.length, draft.quote && keptQuote(draft.quote)],
  }[screen];
  const typed = screen === "bill" ? undefined : draft.typed[screen];
  return createHash("sha256")
    .update(JSON.stringify([shown, typed ?? null]))
    .digest("base64url")
    .slice(0, 16);
}

const plansBeside = ({ quote }: Draft): readonly string[] =>
  quote && quote.plan !== usualTerms().plan ? [quote.plan] : [];
