import { z } from "zod";

/** The longest piece of evidence that the payment vendor takes, in characters. */
const longest = 20_000;
const piece = z.string().trim().min(1).max(longest);

/** What a bank is to read about a payment that was disputed; as it was shown to whoever sent it. */
export const evidenceShape = z.strictObject({
  payer: piece.optional(),
  email: piece.optional(),
  /** The network address from which it was bought. */
  from: piece.optional(),
  /** What was sold. */
  sold: piece,
  /** The day from which it was used, for people. */
  since: piece.optional(),
  /** What they agreed to before they paid, when, and in which words. */
  agreed: piece.optional(),
  /** How one stops. */
  stopping: piece,
  /** That it ran and was used. */
  used: piece,
  /** Everything else: the receipt, the name's registration, what was paid before. */
  more: piece,
});
export type Evidence = z.infer<typeof evidenceShape>;

/** The terms of a wish to send it (BillChange of kind `evidence`). */
export const evidenceTerms = z.object({ disputeId: z.string(), customerId: z.string(), evidence: evidenceShape });

/** One wish a dispute, however often it is pressed and whatever a database forgot. */
export const evidenceCause = (disputeId: string): string => `evidence:${disputeId}`;
