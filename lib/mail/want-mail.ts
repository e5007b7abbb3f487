import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";

export type MailKind =
  | "sign-in"
  | "saved"
  | "receipt"
  | "ready"
  | "delayed"
  | "confirm-email"
  | "name-lost"
  | "refunded"
  | "refund-held"
  | "refunded-after-all"
  | "changed"
  | "stopped"
  | "closed"
  | "returned"
  | "withdrawn"
  | "withdraw-kept"
  | "withdraw-over"
  | "payment-failed"
  | "payment-still"
  | "payment-last-call"
  | "resting"
  | "disputed"
  | "dispute-over"
  | "name-dearer"
  | "payer-asked"
  | "payer-new"
  | "payer-before"
  | "leave-asked"
  | "leave-ready"
  | "leave-stopped"
  | "name-left"
  | "ask"
  | "child-rules"
  | "mine"
  | "house-terms"
  | "grown"
  | "turning-18"
  | "now-18"
  | "consent-withdrawn"
  | "consent-given"
  | "erase-asked"
  | "taken-out"
  | "brought-back"
  | "parent-asked"
  | "parent-joined"
  | "parent-left"
  | "report-kept"
  | "report-answered"
  | "page-off"
  | "card"
  | "child-card";

export interface WantedMail {
  /** Why this mail: one mail a cause, whatever happens. */
  readonly cause: string;
  readonly kind: MailKind;
  readonly to: string;
  /** Ids and plain words the mail is made from when it is sent. Never a link or a secret. */
  readonly values: Readonly<Record<string, string>>;
}

/** Writes down that a mail is to be sent, in the transaction that is its reason. Asking twice sends one. */
export async function wantMail(
  tx: Pick<Tx, "mail">,
  { clock, ids }: Pick<World, "clock" | "ids">,
  mail: WantedMail,
): Promise<void> {
  if (mail.to === "") return;
  await tx.mail.createMany({
    data: [{ id: ids.id("mail"), ...mail, values: { ...mail.values }, createdAt: clock.now(), nextTryAt: clock.now() }],
    skipDuplicates: true,
  });
}
