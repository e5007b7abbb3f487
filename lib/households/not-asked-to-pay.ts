import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import { openOffer } from "./offer-bill.ts";

/** Whoever is asked to pay is asked as somebody who lives there: that is taken back first. */
export async function notAskedToPay(tx: Tx, orderId: string, out: readonly string[], now: Date): Promise<void> {
  const offer = await openOffer(tx, orderId);
  if (!offer || !out.includes(offer.terms.personId)) return;
  if (offer.state === "asked" && now >= new Date(offer.terms.until)) return;
  throw new NameplateError("changed-meanwhile", `${offer.terms.personId} is asked to pay`, {
    key: "family.terms.askedToPay",
  });
}
