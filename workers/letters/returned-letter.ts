import { addOnCalled } from "@/lib/billing/add-on-called.ts";
import { keyOfLine } from "@/lib/billing/ledger.ts";
import { moneyOf } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { type BillInvoice, readBill, totalOfSubscription } from "@/lib/billing/read-bill.ts";
import { withdrawDays } from "@/lib/billing/withdraw-time.ts";
import { yearAhead } from "@/lib/billing/year-ahead.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** That a home is open again: what was paid, what the name costs and from when, and the next bill. Undefined when that bill is not theirs any more. */
export async function returnedLetter(tools: LetterTools, checkoutId: string): Promise<Filling | undefined> {
  const { db, money, day, time, webUrl } = tools;
  const visit = await db.checkout.findUnique({ where: { id: checkoutId }, include: { order: true } });
  if (visit?.state !== "paid" || !visit.paidAt) return undefined;
  const { order, paidAt } = visit;
  const [quote, bill] = [readQuote(order), await readBill(db, order.id)];
  const { subscription } = bill;
  const first = bill.invoices.find(
    ({ subscriptionId, reason }) => subscriptionId === visit.subscriptionId && reason === "subscription_create",
  );
  const ahead = yearAhead(quote, bill, paidAt);
  if (!first || !ahead || subscription?.id !== visit.subscriptionId || subscription.endedAt) return undefined;
  const next = monthsAfter(paidAt, quote.period === "year" ? 12 : 1);
  const begun = visit.consentAt ?? paidAt;
  return {
    ...{ name: order.name ?? "", date: day(paidAt), sum: money(moneyOf(visit.paidMinor ?? 0, first.currency)) },
    card: subscription.customer.cardLabel ?? "your card",
    lines: [...linesOf(tools, first, order.name ?? ""), ...heldLine(tools, first, visit.paidMinor ?? 0)].join("\n"),
    tax: quote.tax,
    paid: ahead.isPaid ? "yes" : "no",
    ...{ paidUntil: day(ahead.beginsAt), nameYear: money((ahead.isPaid ? ahead.next : ahead.now).year) },
    nextSum: money(next >= ahead.beginsAt ? ahead.next.bill : totalOfSubscription(subscription)),
    nextDate: day(next),
    ...{ consentDate: day(begun), consentTime: time(begun), withdrawDate: day(daysAfter(paidAt, withdrawDays)) },
    ...{ withdrawLink: `${webUrl}/withdraw`, link: `${webUrl}/home/${order.name ?? ""}/bill` },
  };
}

/** What was paid for: a name whose year was paid before is no line of it. */
const linesOf = ({ translate, money }: LetterTools, { lines, currency }: BillInvoice, name: string): string[] =>
  lines
    .filter(({ minor }) => minor !== 0)
    .map(({ what, label, minor }) => {
      const sum = money(moneyOf(minor, currency));
      if (what === keyOfLine("home")) return translate("returned.home", { sum });
      if (what === keyOfLine("name")) return translate("returned.name", { sum, name });
      return translate("returned.addOn", { sum, called: addOnCalled(what.split(":")[1] ?? "", prices(), label) });
    });

function heldLine(
  { translate, money }: LetterTools,
  { totalMinor, currency }: BillInvoice,
  paidMinor: number,
): string[] {
  const held = totalMinor - paidMinor;
  return held > 0 ? [translate("returned.held", { sum: money(moneyOf(held, currency)) })] : [];
}
