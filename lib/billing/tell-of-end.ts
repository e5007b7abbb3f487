import type { Tx } from "@/lib/db.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { billMail } from "./bill-mail.ts";
import { minorOf } from "./money.ts";
import { readQuote } from "./quote.ts";
import { readBill } from "./read-bill.ts";
import { restOfYear } from "./rest-of-year.ts";

/** The letter to a family whose bill ends as they wished: later, or now. */
export async function tellOfEnd(tx: Tx, world: World, { id, kind, orderId }: BillChange, endsAt: Date): Promise<void> {
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  const rest = restOfYear(readQuote(order), await readBill(tx, orderId), endsAt);
  await wantMail(tx, world, {
    cause: `stopped:${id}`,
    kind: kind === "stop" ? "stopped" : "closed",
    to: billMail(order),
    // Our copy shows the end a moment later, and the letter may be written before; or after the last bill was drawn.
    values: { orderId, changeId: id, endsAt: endsAt.toISOString(), restMinor: String(minorOf(rest)) },
  });
}
