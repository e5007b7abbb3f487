import type { Db, Tx } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import { payerChange } from "./payer-change.ts";

/** Who paid a bill, and what they agreed to before. */
export interface WhoPaid {
  readonly name: string | null;
  readonly email: string | null;
  readonly card: string | null;
  readonly agreed: { readonly at: string; readonly text: string; readonly from: string | null } | null;
}

/** Of a payment who made it: the buyer, or whoever had taken over the bill by then. */
export async function whoPaid(
  db: Pick<Db | Tx, "movement" | "billChange">,
  order: Order,
  paymentIntentId: string | null,
): Promise<WhoPaid> {
  const charge = paymentIntentId && (await db.movement.findFirst({ where: { paymentIntentId, kind: "charge" } }));
  const by =
    charge &&
    (await db.billChange.findFirst({
      where: { orderId: order.id, kind: "payer", state: "done", doneAt: { lte: charge.at } },
      orderBy: [{ doneAt: "desc" }, { id: "desc" }],
    }));
  const change = by ? payerChange.parse(by.terms) : undefined;
  // Of a take-over that a database forgot, the vendor knew who pays, and nothing of what they read.
  if (!change && charge && order.payerSince && order.payerSince <= charge.at)
    return { name: order.payerName, email: order.payerEmail, card: null, agreed: null };
  if (!change) return buyer(order);
  const { given, email, paying, agreed } = change;
  return { name: paying?.name ?? given, email, card: paying?.card ?? null, agreed: agreed ?? null };
}

function buyer({ deed: kept, given, email, cardLabel, consentAt, consentText, consentFrom }: Order): WhoPaid {
  const deed = deedShape.safeParse(kept);
  return {
    name: deed.success ? deed.data.fullName : given,
    email,
    card: cardLabel,
    agreed: consentAt && consentText ? { at: consentAt.toISOString(), text: consentText, from: consentFrom } : null,
  };
}
