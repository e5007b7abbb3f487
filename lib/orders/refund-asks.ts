import type { Cashier } from "@/lib/billing/ports.ts";
import type { Refund } from "@/lib/generated/prisma/client.ts";

type Asked = Pick<Refund, "id" | "asks" | "paymentIntentId">;

/**
 * What the vendor knows a refund by. One that a person begins anew after a refusal has a name of its own: under the old one
 * the vendor would repeat its old answer.
 */
export const nameOfAsk = ({ id, asks }: Pick<Refund, "id" | "asks">, which = asks): string =>
  which === 1 ? id : `${id}-${which}`;

/** The refund as the vendor has it, under any of its names. A newer one counts only while no older one is on its way or done. */
export async function findRefundAsked(cashier: Cashier, refund: Asked): ReturnType<Cashier["findRefund"]> {
  let found: Awaited<ReturnType<Cashier["findRefund"]>>;
  for (let which = 1; which <= refund.asks; which++) {
    found = await cashier.findRefund(refund.paymentIntentId, nameOfAsk(refund, which));
    if (found && found.state !== "failed") return found;
  }
  // Only the last one's failure is this try's answer.
  return found;
}
