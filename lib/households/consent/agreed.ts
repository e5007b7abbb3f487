import { z } from "zod";
import type { Tx } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { type Aged, asksAParent } from "./asks-a-parent.ts";

/** How somebody agreed: with a card that pays, signed in by their own mailbox, with the order of a home that costs nothing, or as the child itself. */
export type ConsentMethod = "card-payment" | "mailbox" | "form" | "own";

/** What a parent agreed to while buying, as it rests with the order: the words, where they live, and for which parts of the address. */
export const orderConsent = z.object({ text: z.string(), country: z.string(), parts: z.array(z.string()) });
export type OrderConsent = z.output<typeof orderConsent>;

/** The words that were shown, and the network address they were agreed to from, where it is known. */
export interface Agreed {
  readonly text: string;
  readonly from: string | undefined;
}

/** Where a family lives: the country of its deed. Empty where there is none yet: then the strictest age counts. */
export function countryOf({ deed }: Pick<Order, "deed">): string {
  const read = z.object({ country: z.string() }).safeParse(deed);
  return read.success ? read.data.country : "";
}

/** Those of a list whom a parent has to agree for. */
export const askedFor = <P extends Aged>(people: readonly P[], country: string, now: Date): readonly P[] =>
  people.filter((one) => asksAParent(one, country, now));

/** Whom the parent has to agree for in an order that is not paid yet. */
export function askedInOrder(order: Pick<Order, "deed" | "people">, now: Date): readonly { readonly part: string }[] {
  const people = z.array(z.looseObject({ part: z.string(), kind: z.string(), ageBand: z.string().optional() }));
  return askedFor(people.parse(order.people), countryOf(order), now);
}

export interface NewConsent extends Agreed {
  readonly at: Date;
  readonly by: string | null;
  readonly method: ConsentMethod;
  readonly country: string;
}

/** The first consent of people who have just been given a row. One who has one keeps it. */
export async function writeFirst(
  tx: Pick<Tx, "consent">,
  personIds: readonly string[],
  { at: givenAt, by, text, method, country, from }: NewConsent,
): Promise<void> {
  const row = { nth: 1, givenAt, by, text, method, country, from: from ?? null };
  await tx.consent.createMany({ data: personIds.map((personId) => ({ personId, ...row })), skipDuplicates: true });
}
