import { isFree } from "@/lib/billing/bill.ts";
import { nextBill } from "@/lib/billing/next-bill.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { daysAfter } from "@/lib/clock.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** The registrant has fifteen days to answer the registry's mail. */
const confirmDays = 15;

/** "You are home", and "the registry wants your e-mail confirmed": both lead to the same page. */
export async function readyLetter(
  tools: LetterTools,
  kind: "ready" | "confirm-email",
  tenantId: string,
): Promise<Filling | undefined> {
  const { db, webUrl, money, day, translate } = tools;
  const tenant = await db.tenant.findUnique({
    where: { id: tenantId },
    include: { order: true, people: { where: livesThere, orderBy: { place: "asc" } }, steps: true },
  });
  const owner = tenant?.people.find((person) => person.runsHome);
  if (!tenant || !owner || tenant.want !== "present") return undefined;
  const deed = deedShape.parse(tenant.order.deed);
  const quote = readQuote(tenant.order);
  const domain = tenant.steps.find((step) => step.step === "domain");
  const until = (domain?.facts as { registeredUntil?: string | null } | null)?.registeredUntil;
  const link = `${webUrl}/home`;
  if (kind === "confirm-email")
    return { mail: deed.email, date: day(daysAfter(domain?.changedAt ?? tenant.createdAt, confirmDays)), link };
  const paidAt = tenant.order.paidAt ?? tenant.createdAt;
  const next = nextBill(paidAt, quote, paidAt);
  const filling = {
    id: `@${owner.part}:${tenant.name}`,
    given: owner.given,
    part: owner.part,
    name: tenant.name,
    full: deed.fullName,
    until: until ? day(new Date(until)) : "",
    period: quote.period,
    sum: money(next.sum),
    nextBill: day(next.at),
    link,
  };
  const cards = tenant.people.length - 1;
  const free = isFree(quote);
  const body = `${translate("ready.body", filling)}${free ? "" : `\n${translate("ready.bill", filling)}`}`;
  return { ...filling, body: cards > 0 ? `${body}\n\n${translate("ready.cards", { count: cards })}` : body };
}
