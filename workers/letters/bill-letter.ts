import { type Rung, restDay } from "@/lib/billing/ladder.ts";
import { isZero, moneyOf } from "@/lib/billing/money.ts";
import { endWishes } from "@/lib/billing/newest-wish.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { owed, readBill } from "@/lib/billing/read-bill.ts";
import { restOfYear } from "@/lib/billing/rest-of-year.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

const reasons = ["insufficient_funds", "expired_card", "authentication_required"] as const;

/** A bill that could not be taken; undefined when it is paid by now, or the home does not rest as the letter would say. */
export async function owedLetter(
  tools: LetterTools,
  kind: Rung["mail"],
  values: Record<string, string>,
): Promise<Filling | undefined> {
  const { db, money, day, translate, webUrl } = tools;
  const order = await db.order.findUnique({ where: { id: values["orderId"] ?? "" } });
  if (!order) return undefined;
  const { standing, subscription } = await readBill(db, order.id);
  const open = owed(standing);
  if (!open || open.id !== values["invoiceId"]) return undefined;
  const rests = (await db.tenant.count({ where: { orderId: order.id, restsBecause: { not: null } } })) > 0;
  if (kind === "resting" && !rests) return undefined;
  const asked = reasons.find((one) => one === open.refusal) ?? "refused";
  return {
    name: order.name ?? "",
    sum: money(moneyOf(open.dueMinor, open.currency)),
    card: subscription?.customer.cardLabel ?? translate("payment-failed.yourCard", {}),
    why: translate(`payment-failed.why.${asked}`, {}),
    date: day(daysAfter(open.createdAt, restDay)),
    rests: rests ? "yes" : "no",
    again: open.nextTryAt ? "yes" : "no",
    next: open.nextTryAt ? day(open.nextTryAt) : "",
    link: billLink(webUrl, order.name ?? ""),
  };
}

/** A bill that ends as they wished, or has ended; undefined when they thought better of it. */
export async function stoppedLetter(
  { db, money, day, webUrl }: LetterTools,
  values: Record<string, string>,
): Promise<Filling | undefined> {
  const order = await db.order.findUnique({ where: { id: values["orderId"] ?? "" } });
  if (!order || !values["endsAt"]) return undefined;
  const wishes = { orderId: order.id, kind: { in: [...endWishes] } };
  const last = await db.billChange.findFirst({ where: wishes, orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
  if (!last || last.id !== values["changeId"]) return undefined;
  const at = new Date(values["endsAt"]);
  const quote = readQuote(order);
  const { restMinor } = values;
  // A row of an earlier release does not say it.
  const rest = restMinor
    ? moneyOf(Number(restMinor), quote.currency)
    : restOfYear(quote, await readBill(db, order.id), at);
  return {
    ...(isZero(rest) ? { as: `${last.kind === "stop" ? "stopped" : "closed"}-settled` } : {}),
    date: day(at),
    rest: money(rest),
    link: billLink(webUrl, order.name ?? ""),
  };
}

const billLink = (webUrl: string, name: string): string => `${webUrl}/home/${name}/bill`;
