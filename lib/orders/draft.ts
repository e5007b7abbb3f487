import { z } from "zod";
import { type DraftQuote, draftQuoteShape } from "@/lib/billing/quote.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { ageBands } from "@/lib/tenants/age-band.ts";

/** Somebody besides the buyer, as accepted on screen 3. */
export const personShape = z.object({
  key: z.string(),
  given: z.string(),
  part: z.string(),
  kind: z.enum(["adult", "child"]),
  email: z.string().optional(),
  // Of a child.
  ageBand: z.enum(ageBands).optional(),
});
export type DraftPerson = z.infer<typeof personShape>;

/** The owner on record, as accepted on screen 4, with the ending whose questions were answered. */
const deedShape = z.object({
  ending: z.string(),
  fullName: z.string(),
  organisation: z.string().optional(),
  email: z.string(),
  phone: z.string(),
  street: z.string(),
  city: z.string(),
  state: z.string(),
  postalCode: z.string(),
  country: z.string(),
  extra: z.record(z.string(), z.string()).default({}),
});
export type DraftDeed = z.infer<typeof deedShape>;

const values = z.record(z.string(), z.string());
const rowShape = z.object({
  key: z.string(),
  given: z.string(),
  part: z.string(),
  kind: z.string(),
  email: z.string(),
  // A line that was typed before this was asked has none, and keeps its mark (seenOf).
  age: z.string().optional(),
});
/** One line of screen 3 as it was typed. */
export type TypedPerson = z.infer<typeof rowShape>;

/** What stands in a screen's fields, by their names, and was not sent; good for the form that showed `seen`. */
const unsentShape = z.object({ seen: z.string(), values });

/** What was typed and not accepted yet. `asked`: they pressed Continue, so what is wrong with it is said. */
const typedShape = z.object({
  look: z.object({ values, asked: z.boolean() }).optional(),
  // `plan`: what was chosen for them, be it that there is no room in it for so many.
  people: z.object({ rows: z.array(rowShape), asked: z.boolean(), plan: z.string().optional() }).optional(),
  deed: z.object({ values, asked: z.boolean() }).optional(),
  unsent: z
    .object({ look: unsentShape.optional(), people: unsentShape.optional(), deed: unsentShape.optional() })
    .optional(),
});
export type Typed = z.infer<typeof typedShape>;

/** An order that is being filled in, its JSON columns read. */
export interface Draft {
  readonly id: string;
  readonly state: Order["state"];
  readonly version: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly quote: DraftQuote | null;
  readonly given: string | null;
  readonly part: string | null;
  readonly nameChecked: boolean;
  readonly people: readonly DraftPerson[];
  readonly deed: DraftDeed | null;
  readonly typed: Typed;
}

/** Columns from before a change of shape read as empty: then that screen is asked again. */
export function readDraft(order: Order): Draft {
  const { id, state, version, email, name, given, part, nameChecked } = order;
  const quote = draftQuoteShape.safeParse(order.quote);
  const people = z.array(personShape).safeParse(order.people);
  const deed = deedShape.safeParse(order.deed);
  const typed = typedShape.safeParse(order.typed ?? {});
  return {
    ...{ id, state, version, email, name, given, part, nameChecked },
    quote: quote.success ? quote.data : null,
    people: people.success ? people.data : [],
    deed: deed.success ? deed.data : null,
    typed: typed.success ? typed.data : {},
  };
}

/** Everyone who will live there, the buyer among them. */
export const headCount = (draft: Pick<Draft, "people">): number => 1 + draft.people.length;

/** The part of a name after its first dot. */
export const endingOf = (name: string): string => name.slice(name.indexOf(".") + 1);

/** A whole address: @anna:smith.family */
export const addressOf = (part: string, name: string): string => `@${part}:${name}`;
