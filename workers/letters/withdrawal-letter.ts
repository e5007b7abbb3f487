import { addOnCalled } from "@/lib/billing/add-on-called.ts";
import { isZero, type Money } from "@/lib/billing/money.ts";
import { newestContract } from "@/lib/billing/newest-return.ts";
import { prices } from "@/lib/billing/prices.ts";
import { readWithdrawal } from "@/lib/billing/read-withdrawal.ts";
import { closesAt, withdrawDays } from "@/lib/billing/withdraw-time.ts";
import type { Withdrawal } from "@/lib/billing/withdrawal.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** The receipt, dated to the minute. It is sent even to whoever thought better of it since: they said so. */
export async function withdrawnLetter(tools: LetterTools, changeId: string): Promise<Filling | undefined> {
  const { db, day, time } = tools;
  const change = await db.billChange.findUnique({ where: { id: changeId }, include: { order: true } });
  if (!change) return undefined;
  const { order, createdAt } = change;
  return {
    ...momentOf(tools, createdAt),
    name: order.name ?? "",
    lines: sumsOf(tools, await readWithdrawal(db, order, createdAt)),
    closes: day(closesAt(createdAt)),
    closesTime: time(closesAt(createdAt)),
    link: billLink(tools, order.name),
  };
}

export async function keptLetter(tools: LetterTools, changeId: string): Promise<Filling | undefined> {
  const { db } = tools;
  const change = await db.billChange.findUnique({ where: { id: changeId }, include: { order: true } });
  return change
    ? { ...momentOf(tools, change.createdAt), name: change.order.name ?? "", link: billLink(tools, change.order.name) }
    : undefined;
}

/** The fourteen days are over: when they were, and how to stop. */
export async function withdrawOverLetter(tools: LetterTools, orderId: string): Promise<Filling | undefined> {
  const order = await tools.db.order.findUnique({ where: { id: orderId } });
  const contract = order && (await newestContract(tools.db, order));
  if (!contract) return undefined;
  const date = tools.day(daysAfter(contract.paidAt, withdrawDays));
  return { name: order.name ?? "", date, link: billLink(tools, order.name) };
}

const momentOf = ({ day, time }: LetterTools, at: Date) => ({ date: day(at), time: time(at) });

/** Line by line: what comes back of what, what is owed, and what that leaves. */
function sumsOf({ translate, money }: LetterTools, { lines, back, owed, toCard, toPay }: Withdrawal): string {
  const say = (key: string, sum: Money, more: Readonly<Record<string, string>> = {}) =>
    translate(`withdrawn.line.${key}`, { ...more, sum: money(sum) });
  const bought = (what: { readonly addOn: string }) => addOnCalled(what.addOn, prices());
  return [
    ...lines.map(({ what, sum }) =>
      typeof what === "object" ? say("addOn", sum, { called: bought(what) }) : say("home", sum),
    ),
    ...(isZero(owed) ? [] : [say("owed", owed)]),
    ...(isZero(toCard) ? [] : [say("toCard", toCard)]),
    ...(isZero(toPay) ? [] : [say("toPay", toPay)]),
    ...(isZero(back) && isZero(owed) ? [translate("withdrawn.line.nothing", {})] : []),
  ].join("\n");
}

const billLink = ({ webUrl }: LetterTools, name: string | null): string => `${webUrl}/home/${name ?? ""}/bill`;
