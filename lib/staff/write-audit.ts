import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";

export type Act =
  | "look"
  | "try-again"
  | "allow-purchase"
  | "sync-payments"
  | "copy-bill"
  | "try-dead-again"
  | "give-back-payment"
  | "settle-payment"
  | "settle-name"
  | "send-evidence"
  | "refund-warned"
  | "give-coupon"
  | "ask-to-pay"
  | "take-parent-out"
  | "give-leave"
  | "stop-leave"
  | "lock-name"
  | "say-name-left"
  | "report-page-off"
  | "report-passed-on"
  | "report-nothing"
  | "report-let-on"
  | "staff-invite"
  | "staff-enrol"
  | "staff-remove";

export interface AuditEntry {
  /** A user's id, or `command` for who runs the commands on the machine. */
  readonly staffId: string;
  readonly act: Act;
  /** What it was done to: a tenant's, an order's, a customer's or a user's id. */
  readonly subject: string;
  readonly reason: string;
  /** What came of it, as a sentence of the catalogue. */
  readonly outcome: Said;
}

/** Nothing is done without its row: written in the transaction that does it. */
export async function writeAudit(
  tx: Pick<Tx, "audit">,
  { clock, ids }: Pick<World, "clock" | "ids">,
  { outcome, ...entry }: AuditEntry,
): Promise<void> {
  await tx.audit.create({
    data: { id: ids.id("aud"), ...entry, outcome: JSON.stringify(outcome), at: clock.now() },
  });
}

/** A reason is a sentence: three letters at least ("881" is a case's number), and no more than a paragraph. */
const lengths = { least: 3, most: 500 };

/** What was typed under "Why", tidied; without it nothing is done. */
export function readReason(typed: string): string {
  const reason = typed.replaceAll(/\s+/g, " ").trim();
  const wrong = (key: string) => new NameplateError("bad-input", `Reason: ${key}`, { key: `staff.why.${key}` });
  if (reason.length < lengths.least) throw wrong("empty");
  if (reason.length > lengths.most) throw wrong("long");
  if (/\p{Cc}/u.test(reason)) throw wrong("hidden");
  return reason;
}
