import { periodDueAt } from "@/lib/billing/period-change.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { termsChange } from "@/lib/billing/terms-change.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Member } from "@/lib/households/access.ts";
import { askForPeriod } from "@/lib/households/ask-for-period.ts";
import { askForTerms, type TermsAsk } from "@/lib/households/ask-for-terms.ts";
import { confirmTerms } from "@/lib/households/confirm-terms.ts";
import type { Family } from "./family.ts";
import { goOn } from "./go-on.ts";
import { payerOf } from "./payer.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";
import { ownerOf, press } from "./wishes.ts";

/** Reading a page, and pressing its button. */
const readingSeconds = 30;
const daySeconds = 86_400;

/** Homes are not made here, and in one that is not made nothing can be changed. */
async function inHome(stage: MoneyStage, family: Family, part: "runs" | "pays"): Promise<Member | undefined> {
  const { clock, database } = stage.world;
  const who = part === "runs" ? await ownerOf(stage, family) : await payerOf(stage.world, await family.order());
  if (!who?.tenantId) return undefined;
  await database.db.tenant.updateMany({ where: { id: who.tenantId, readyAt: null }, data: { readyAt: clock.now() } });
  return who;
}

type Kind = Exclude<TermsAsk["kind"], "add-on">;

/** The family grows, shrinks or takes another plan: it is shown what that comes to, and says yes to it, or thinks better of it. */
export async function changeTermsOf(stage: MoneyStage, family: Family, kind: Kind): Promise<void> {
  const { web, dice, book } = stage;
  const who = await inHome(stage, family, kind === "plan" ? "pays" : "runs");
  if (!who) return;
  const ask = await askOf(stage, who, kind);
  if (!ask) return;
  const labelOf = async (plan: string, heads: number) => `The home of the plan ${plan}, ${heads} people`;
  const id = await askForTerms(web, who, ask, labelOf, book).catch(unlessTold);
  await goOn(stage, readingSeconds);
  if (!id || dice.happens(20)) return;
  await press(stage, () => confirmTerms(web, who, id, { text: "I agree for Cleo", from: undefined }));
  await goOn(stage, readingSeconds);
}

/** It takes the other period, and is billed so when the name's year begins anew; or thinks better of it before. */
export async function turnPeriodOf(stage: MoneyStage, family: Family): Promise<void> {
  const { web, dice, world, book } = stage;
  const who = await inHome(stage, family, "pays");
  if (!who) return;
  const { period } = readQuote(await family.order());
  const other = period === "month" ? "year" : "month";
  const id = await askForPeriod(web, who, other, book).catch(unlessTold);
  await goOn(stage, readingSeconds);
  if (!id) return;
  await press(stage, () => confirmTerms(web, who, id));
  if (dice.happens(20)) await press(stage, () => askForPeriod(web, who, period, book));
  const row = await world.database.db.billChange.findUniqueOrThrow({ where: { id } });
  if (row.state !== "wanted" || dice.happens(30)) return;
  // A day into those in which the vendor is told, and on to the bill of that day.
  const due = (periodDueAt(row.terms).getTime() - world.clock.now().getTime()) / 1000;
  await goOn(stage, Math.max(0, due) + daySeconds);
  await goOn(stage, 3 * daySeconds);
}

/** What the page says in words. */
function unlessTold(error: unknown): undefined {
  if (!(error instanceof NameplateError)) throw error;
}

async function askOf(
  { dice, world, book }: MoneyStage,
  { tenantId = "" }: Member,
  kind: Kind,
): Promise<TermsAsk | undefined> {
  if (kind === "plan") return { kind, plan: dice.pick(Object.keys(book.plans)) };
  if (kind === "add") {
    const part = world.ids.id("p").toLowerCase();
    return { kind, person: { key: part, given: "Cleo", part, kind: dice.pick(["adult", "child"] as const) } };
  }
  const where = { tenantId, runsHome: false };
  const others = await world.database.db.person.findMany({ where, orderBy: { place: "asc" } });
  return others.length > 0 ? { kind, personId: dice.pick(others).id } : undefined;
}

/** Each change that was made was billed for what was shown of it, line by line: what waits at the vendor, or was on an invoice. */
export async function termsAgree(stage: MoneyStage): Promise<string[]> {
  const { db } = stage.world.database;
  const done = await db.billChange.findMany({ where: { kind: "terms", state: "done" }, include: { order: true } });
  const wrong: string[] = [];
  for (const { id, order, terms: kept } of done) {
    const { billed, shown, at } = termsChange.parse(kept);
    const customer = order.stripeCustomerId;
    if (!billed || !shown || !customer) continue;
    const items = await vendorOf(stage).invoiceItems.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 });
    const theirs = items.filter(({ proration, period }) => proration && period.start * 1000 === new Date(at).getTime());
    // What waited when a bill was ended at once is gone with it.
    if (theirs.length === 0 && (await hasEnded(stage, customer, new Date(at)))) continue;
    const ours = shown.lines.filter((line) => line.proration && line.from === at);
    const [said, billedFor] = [sorted(ours.map(({ minor }) => minor)), sorted(theirs.map(({ amount }) => amount))];
    if (said !== billedFor) wrong.push(`${id} of ${order.id} was shown ${said}, and is billed ${billedFor}`);
  }
  return wrong;
}

const sorted = (minors: readonly number[]): string => minors.toSorted((a, b) => a - b).join();

/** The bill that ran then. */
async function hasEnded(stage: MoneyStage, customer: string, at: Date): Promise<boolean> {
  const { data } = await vendorOf(stage).subscriptions.list({ customer, status: "all", limit: 100 });
  const seconds = at.getTime() / 1000;
  return data.some(({ start_date: start, ended_at: end }) => start <= seconds && end !== null && end >= seconds);
}
