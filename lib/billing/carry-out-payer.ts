import type { Tx } from "@/lib/db.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { billMail } from "./bill-mail.ts";
import type { Outcome } from "./carry-out.ts";
import { payerChange } from "./payer-change.ts";
import type { Cashier } from "./ports.ts";
import type { BillSubscription } from "./read-bill.ts";

/** Lets the card that was given pay from now on; or ends what was taken back, or ran out. */
export async function carryOutPayer(
  { cashier }: { readonly cashier: Cashier },
  { id: changeId, terms: kept }: BillChange,
  { id: subscriptionId, customerId }: BillSubscription,
): Promise<Outcome> {
  const terms = payerChange.parse(kept);
  const card = await cashier.givenCard(customerId, changeId);
  const paying = {
    name: card?.name ?? terms.given,
    card: card?.label ?? "",
    since: (card?.at ?? new Date(0)).toISOString(),
  };
  const done: Outcome = { state: "done", terms: { ...terms, paying } };
  if (terms.back) {
    // A database that was set back may have forgotten that it was done.
    if ((await cashier.letGo(customerId, changeId)) === "pays") return done;
    return { state: terms.back === "over" ? "given-up" : "replaced" };
  }
  if (!card) return { state: "given-up", detail: "The card is gone" };
  const { name } = paying;
  const answer = await cashier.letPay({ changeId, customerId, subscriptionId, card, name, email: terms.email });
  if (answer === "done") return done;
  await cashier.letGo(customerId, changeId);
  return answer === "over"
    ? { state: "given-up", detail: "The subscription has ended" }
    : { state: "replaced", detail: "Somebody took over later" };
}

/** Who pays follows in one transaction with the row's being done, and both read what was agreed. */
export async function agreePayer(
  tx: Tx,
  world: World,
  { id, orderId, terms: kept }: Pick<BillChange, "id" | "orderId" | "terms">,
): Promise<void> {
  const { email, paying } = payerChange.parse(kept);
  if (!paying) throw new Error(`Change ${id} is done, and nobody pays by it`);
  const before = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  const { name: payerName, since } = paying;
  const data = { payerChange: id, payerName, payerEmail: email, payerSince: new Date(since) };
  await tx.order.update({ where: { id: orderId }, data });
  await tx.link.updateMany({
    where: { purpose: "pay-bill", subject: id, usedAt: null },
    data: { usedAt: world.clock.now() },
  });
  const values = { changeId: id };
  await wantMail(tx, world, { cause: `payer-new:${id}`, kind: "payer-new", to: email, values });
  await wantMail(tx, world, { cause: `payer-before:${id}`, kind: "payer-before", to: billMail(before), values });
}
