import { linesOf } from "@/lib/billing/bill.ts";
import { keyOfLine } from "@/lib/billing/ledger.ts";
import { minorOf } from "@/lib/billing/money.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import type { Checkout, Order, Refund, Tenant } from "@/lib/generated/prisma/client.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describeOrderProgress } from "@/lib/orders/describe-watch.ts";
import { moneyFacts } from "@/lib/staff/money-facts.ts";
import { payerOf } from "./payer.ts";
import type { MoneyStage } from "./stage.ts";

/** What each screen says of an order's first payment, beside the invoice that was paid; and each invoice beside its lines. */
export async function screensAgree(stage: MoneyStage): Promise<string[]> {
  const { db } = stage.world.database;
  const orders = await db.order.findMany({
    where: { paidMinor: { not: null } },
    include: { refunds: true, checkouts: true, tenants: true },
  });
  const wrong: string[] = [];
  for (const order of orders) wrong.push(...(await orderAgrees(stage, order)));
  const invoices = await db.invoice.findMany({ include: { lines: true } });
  for (const { id, totalMinor, lines } of invoices) {
    const sum = lines.reduce((all, { minor }) => all + minor, 0);
    if (sum !== totalMinor) wrong.push(`invoice ${id} is for ${totalMinor}, its lines come to ${sum}`);
  }
  return wrong;
}

type Whole = Order & { refunds: Refund[]; checkouts: Checkout[]; tenants: Tenant[] };

async function orderAgrees(stage: MoneyStage, order: Whole): Promise<string[]> {
  const { db } = stage.world.database;
  const invoice = await db.invoice.findFirst({
    where: { subscriptionId: order.stripeSubscriptionId, reason: "subscription_create" },
    include: { lines: { orderBy: { place: "asc" } } },
  });
  const quote = readQuote(order);
  const facts = moneyFacts(order, undefined, stage.world.clock.now());
  // What was agreed since is no longer what was paid first.
  const since = { orderId: order.id, kind: { in: ["terms", "period"] }, state: "done" };
  const cameBack = order.checkouts.some(({ purpose, state }) => purpose === "return" && state === "paid");
  const asAgreed = !cameBack && (await db.billChange.count({ where: since })) === 0;
  const said: Readonly<Record<string, number | undefined>> = {
    ...(asAgreed ? { "the order's quote": minorOf(quote.total) } : {}),
    "what the order paid": order.paidMinor ?? undefined,
    "the visit": order.checkouts.find(({ purpose, state }) => purpose === "first" && state === "paid")?.totalMinor,
    "the staff's page": facts.paid ? minorOf(facts.paid) : undefined,
    ...(await onTheirPages(stage, order, asAgreed)),
  };
  const total = invoice?.totalMinor;
  const wrong = Object.entries(said)
    .filter(([, minor]) => minor !== total)
    .map(([where, minor]) => `${where} says ${minor} of ${order.id}, its invoice ${total}`);
  const shown = linesOf(quote).map(({ what, sum }) => `${keyOfLine(what)} ${minorOf(sum)}`);
  const billed = invoice?.lines.map(({ what, minor }) => `${what} ${minor}`) ?? [];
  return !asAgreed || shown.join() === billed.join()
    ? wrong
    : [...wrong, `${order.id} was shown ${shown}, and billed ${billed}`];
}

/** The page on which they watch, and their bill where they have a home. */
async function onTheirPages(
  { world, web }: MoneyStage,
  order: Whole,
  asAgreed: boolean,
): Promise<Record<string, number | undefined>> {
  const { paid } = await describeOrderProgress(web, order);
  const watched = { "the page they watch": paid ? minorOf(paid) : undefined };
  const [tenant] = order.tenants;
  if (!tenant) return watched;
  const member = await payerOf(world, order);
  if (!member) return watched;
  const bill = await describeBill(web, member);
  return {
    ...watched,
    "the bill's first payment": minorOf(bill.past.at(-1)?.sum ?? bill.total),
    ...(asAgreed ? { "the bill as it was agreed": minorOf(bill.quote.total) } : {}),
  };
}
