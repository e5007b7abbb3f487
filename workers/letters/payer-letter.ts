import { payerChange } from "@/lib/billing/payer-change.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { readBill, totalOfSubscription } from "@/lib/billing/read-bill.ts";
import { offerToken } from "@/lib/households/offer-secret.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

export type PayerLetter = "payer-asked" | "payer-new" | "payer-before";

/** To whoever is asked to pay, and to both when it is done. A link that works no more is not sent. */
export async function payerLetter(
  tools: LetterTools,
  kind: PayerLetter,
  changeId: string,
): Promise<Filling | undefined> {
  const { db, money, day, webUrl, linkKey } = tools;
  const change = await db.billChange.findUnique({ where: { id: changeId }, include: { order: true } });
  if (!change) return undefined;
  const { order, state } = change;
  const { given, until, paying, agreed } = payerChange.parse(change.terms);
  const name = order.name ?? "";
  if (kind === "payer-asked") {
    if (state !== "asked") return undefined;
    const payer = order.payerName ?? order.given ?? "";
    return { name, given, payer, date: day(new Date(until)), link: `${webUrl}/bill/${offerToken(linkKey, changeId)}` };
  }
  const { subscription } = await readBill(db, order.id);
  if (!subscription || !paying) return undefined;
  return {
    ...{ name, payer: paying.name, card: paying.card, owner: order.given ?? "" },
    ...{ sum: money(totalOfSubscription(subscription)), date: day(subscription.periodUntil) },
    period: readQuote(order).period,
    agreed: day(agreed ? new Date(agreed.at) : (change.doneAt ?? change.createdAt)),
    link: `${webUrl}/home/${name}/bill`,
  };
}
