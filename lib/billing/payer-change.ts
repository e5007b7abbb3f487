import { z } from "zod";

/**
 * Another of the family is to pay, as it rests with its `BillChange`: `asked` while the link works, `wanted` from when the card was
 * given, then as any wish of a bill. Taken back it is `replaced`, and `given-up` when the link ran out or the bill ended first.
 */
export const payerChange = z.object({
  personId: z.string(),
  given: z.string(),
  /** Where their link and their bills go, in lower case. */
  email: z.string(),
  /** Until when the link works. */
  until: z.iso.datetime(),
  /** The vendor's page for the card that was asked for last, until when it is open, and its address once the vendor answered. */
  page: z.object({ id: z.string(), until: z.iso.datetime(), url: z.string().optional() }).optional(),
  /** When they said yes, to which words, from which network address: what a bank asks for when a payment is disputed. */
  agreed: z.object({ at: z.iso.datetime(), text: z.string(), from: z.string().nullable() }).optional(),
  /** Nothing comes of it: its pages are ended, and a card that was given is forgotten. */
  back: z.enum(["taken-back", "over"]).optional(),
  /** Once it is done: as they wrote their name beside the card, and which card it was. */
  paying: z.object({ name: z.string(), card: z.string(), since: z.iso.datetime() }).optional(),
});
export type PayerChange = z.output<typeof payerChange>;
