import { termsChange } from "@/lib/billing/terms-change.ts";
import type { Tx } from "@/lib/db.ts";

/** Whether the family has said that somebody is taken out, and a worker is about to do it. */
export async function isLeaving(db: Pick<Tx, "billChange">, orderId: string, personId: string): Promise<boolean> {
  const wanted = await db.billChange.findMany({ where: { orderId, kind: "terms", state: "wanted" } });
  return wanted.some(({ terms }) => termsChange.parse(terms).out.includes(personId));
}
