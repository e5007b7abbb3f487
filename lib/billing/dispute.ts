import type { Tx } from "@/lib/db.ts";
import type { Dispute } from "@/lib/generated/prisma/client.ts";

/** How a dispute stands, of the vendor's many words for it. */
export type DisputeStage =
  | "asks" // the bank asks about a payment; it took nothing, and may never
  | "taken" // the bank took the money back, and decides
  | "won" // it gave it back to us
  | "lost" // it keeps it
  | "over"; // it asked, and that was all

const over = ["won", "lost", "warning_closed", "prevented"];

/** The bank has not decided yet. */
export const isOpen = ({ status }: Pick<Dispute, "status">): boolean => !over.includes(status);

/** Evidence is heard now. */
export const isHeard = ({ status }: Pick<Dispute, "status">): boolean => status.endsWith("needs_response");

export function stageOf({ status }: Pick<Dispute, "status">): DisputeStage {
  if (status === "won" || status === "lost") return status;
  if (!isOpen({ status })) return "over";
  return status.startsWith("warning") ? "asks" : "taken";
}

/** Where disputes are read from. */
export type DisputeTables = Pick<Tx, "dispute">;

/** Of everybody who paid for an order: one that was paid twice has two customers. The newest first. */
export const disputesOf = (db: DisputeTables, orderId: string): Promise<Dispute[]> =>
  db.dispute.findMany({ where: { customer: { orderId } }, orderBy: [{ createdAt: "desc" }, { id: "asc" }] });

/**
 * Whether a name may be moved away from us. Not before a bank has decided about what was paid for it: it would be gone with
 * the money. Whoever lets a name go asks here first.
 */
export const mayLeave = async (db: DisputeTables, orderId: string): Promise<boolean> =>
  !(await isDisputed(db, orderId));

/** Its bank took this payment back, for now or for good: the vendor sends it back no second time. */
export const isTakenBack = async (db: DisputeTables, paymentIntentId: string): Promise<boolean> =>
  (await db.dispute.findMany({ where: { paymentIntentId } })).some((one) => ["taken", "lost"].includes(stageOf(one)));

/** A bank looks at a payment of this order: meanwhile we ask for no money. */
export const isDisputed = async (db: DisputeTables, orderId: string): Promise<boolean> =>
  (await disputesOf(db, orderId)).some(isOpen);
