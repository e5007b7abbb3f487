import { NameplateError, type Said } from "@/lib/errors.ts";
import type { Card, Person } from "@/lib/generated/prisma/client.ts";
import type { DraftPerson } from "@/lib/orders/draft.ts";
import { mayComeBack } from "@/lib/tenants/lives-there.ts";

/** Somebody more, somebody less, or somebody who was taken out and comes back. */
export type MoveAsk =
  | { readonly kind: "add"; readonly person: DraftPerson }
  | { readonly kind: "out"; readonly personId: string }
  | { readonly kind: "back"; readonly personId: string };

/** Who comes, and the ids of those who go and of those who come back. */
export interface Moves {
  readonly add: DraftPerson[];
  readonly out: string[];
  readonly back: string[];
}

export const nobody: Moves = { add: [], out: [], back: [] };

const notNow = (why: string, say: Said) => new NameplateError("changed-meanwhile", why, say);

/** Of everybody who has an address of this home, be it that they live there no more. Whoever runs it stays. */
export function whoMoves(ask: MoveAsk, everybody: readonly Person[], now: Date): Moves {
  if (ask.kind === "add") {
    const other = everybody.find(({ part }) => part === ask.person.part);
    if (other) throw notNow(`${ask.person.part} is ${other.id}'s`, { key: "family.terms.changedMeanwhile" });
    return { ...nobody, add: [{ ...ask.person }] };
  }
  const person = everybody.find(({ id }) => id === ask.personId);
  if (!person) throw new NameplateError("not-found", "No such person in this home");
  if (person.runsHome) throw notNow(`${person.id} runs the home`, { key: "family.terms.runsHome" });
  if (ask.kind === "out") {
    if (person.takenOutAt) throw notNow(`${person.id} is taken out`, { key: "family.terms.changedMeanwhile" });
    return { ...nobody, out: [person.id] };
  }
  if (!person.takenOutAt) throw notNow(`${person.id} lives there`, { key: "family.terms.changedMeanwhile" });
  if (!mayComeBack(person, now) || person.eraseAskedAt)
    throw notNow(`${person.id} is gone`, { key: "family.terms.tooLateBack" });
  return { ...nobody, back: [person.id] };
}

/** Whoever used a card has an account that they sign in to. */
export const movedIn = ({ cards }: { readonly cards: readonly Pick<Card, "usedAt">[] }): boolean =>
  cards.some(({ usedAt }) => usedAt !== null);
