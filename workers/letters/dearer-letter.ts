import { readQuote } from "@/lib/billing/quote.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import { yearAhead } from "@/lib/billing/year-ahead.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** That the name's next year costs more; undefined when the bill ends before, or that year has begun. */
export async function dearerLetter(tools: LetterTools, values: Record<string, string>): Promise<Filling | undefined> {
  const { db, money, day, webUrl } = tools;
  const [order, year] = [
    await db.order.findUnique({ where: { id: values["orderId"] ?? "" } }),
    await db.nameYear.findUnique({
      where: { orderId_year: { orderId: values["orderId"] ?? "", year: Number(values["year"]) } },
    }),
  ];
  if (!order || !year) return undefined;
  const [quote, bill] = [readQuote(order), await readBill(db, order.id)];
  const { subscription } = bill;
  const ends = subscription?.endedAt ?? subscription?.cancelAt;
  // As on the day on which it was to be told: a letter may be sent later.
  const ahead = yearAhead(quote, bill, year.announcedAt ?? year.createdAt);
  if (!ahead || (ends && ends <= ahead.beginsAt)) return undefined;
  const { now, next, question } = ahead;
  return {
    ...(question ? { ...asFor(question.answer), ...sumsOf(tools, question) } : {}),
    ...{ name: order.name ?? "", date: day(ahead.beginsAt), period: quote.period },
    ...{ now: money(now.year), billNow: money(now.bill), next: money(next.year), billNext: money(next.bill) },
    link: `${webUrl}/home/${order.name ?? ""}/bill`,
  };
}

type Question = NonNullable<NonNullable<ReturnType<typeof yearAhead>>["question"]>;

/** Who said yes reads what they said yes to, as whoever was not asked. */
const asFor = (answer: Question["answer"]): Filling =>
  answer === "yes" ? {} : { as: answer === "no" ? "name-dearer-no" : "name-dearer-asks" };

const sumsOf = ({ money, day }: LetterTools, { asked, limit, until }: Question) => ({
  ...{ asked: money(asked.year), billAsked: money(asked.bill) },
  ...{ limit: money(limit.year), billLimit: money(limit.bill), until: day(until) },
});
