import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { billMail } from "./bill-mail.ts";
import type { KnownBill } from "./known-bill.ts";
import { rungAt } from "./ladder.ts";
import { owed } from "./read-bill.ts";

/**
 * Tells a family what they owe, once at each rung of the ladder; of rungs that passed while nobody was at work only the last.
 */
export async function climbLadder(world: World, { order, bill, disputed }: KnownBill): Promise<void> {
  const { db, clock, ring } = world;
  const open = owed(bill.standing);
  // What goes back is not asked for, and nothing is while a bank looks at what was paid.
  if (!open || order.state !== "paid" || disputed) return;
  const { mail, day } = rungAt(open.createdAt, clock.now(), bill.leftAt !== null);
  const values = { orderId: order.id, invoiceId: open.id };
  await wantMail(db, world, { cause: `${mail}:${open.id}:${day}`, kind: mail, to: billMail(order), values });
  await ring({ kind: "mail" });
}
