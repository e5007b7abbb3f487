import { minorOf } from "@/lib/billing/money.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type Quote, readQuote } from "@/lib/billing/quote.ts";
import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import { type Sold, soldFor, type TermsChange } from "@/lib/billing/terms-change.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { Order, Person } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { type Member, partOf } from "./access.ts";
import { type AddOnAsk, addOnTerms } from "./add-on-terms.ts";
import { notAskedToPay } from "./not-asked-to-pay.ts";
import { type MoveAsk, nobody, whoMoves } from "./who-moves.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/** One change: of who lives there, another plan, or an add-on that comes or goes. */
export type TermsAsk = MoveAsk | { readonly kind: "plan"; readonly plan: string } | AddOnAsk;

/** What the invoice calls the home of a plan, for so many people. */
export type HomeLabel = (plan: string, heads: number) => Promise<string>;

const notNow = (why: string, say: Said) => new NameplateError("changed-meanwhile", why, say);

/**
 * Writes down what a family thinks of changing, with the moment from which it would count: nothing is changed yet. A worker asks
 * what it comes to (lib/billing/show-terms.ts). Of several the last one counts. Undefined where it is so already. Returns its id.
 */
export async function askForTerms(
  world: World,
  who: Member,
  ask: TermsAsk,
  labelOf: HomeLabel,
  book: PriceBook = prices(),
): Promise<string | undefined> {
  const { db, clock, ids, ring } = world;
  const { home, runs, pays } = await partOf(world, who);
  const { id: tenantId, orderId } = home;
  // Who lives there is for whoever runs the home to say, and what it costs for whoever pays.
  if (ask.kind === "plan" || ask.kind === "add-on" ? !pays : !runs)
    throw new NameplateError("not-found", "Nothing of this home is theirs to change so");
  const id = ids.id("chg");
  const state = await db.$transaction(async (tx) => {
    // The lock: of two windows the later one sees the other's row.
    await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    const terms = await termsOf(tx, world, tenantId, { ask, labelOf, book });
    if (!terms) return undefined;
    if (terms.billed && !pays) throw notNow("Somebody else pays the bill", { key: "family.terms.notPayer" });
    const now = clock.now();
    await tx.billChange.updateMany({
      where: {
        orderId,
        OR: [
          { kind: "terms", state: { in: ["asked", "shown", "refused"] } },
          { kind: "period", state: { in: ["asked", "shown"] } },
        ],
      },
      data: { state: "replaced", doneAt: now },
    });
    const asked = terms.billed ? "asked" : "shown";
    const row = { id, orderId, cause: `terms:${id}`, kind: "terms", terms, state: asked, askedBy: who.userId };
    await tx.billChange.create({ data: { ...row, createdAt: now } });
    return asked;
  });
  if (state === "asked") await ring({ kind: "order", orderId });
  return state && id;
}

interface Asked {
  readonly ask: TermsAsk;
  readonly labelOf: HomeLabel;
  readonly book: PriceBook;
}

async function termsOf(
  tx: Tx,
  world: World,
  tenantId: string,
  { ask, labelOf, book }: Asked,
): Promise<TermsChange | undefined> {
  const home = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const why = await whyNotTerms(tx, home);
  if (why) throw notNow(`Nothing of ${home.name} can be changed now`, why);
  const everybody = await tx.person.findMany({ where: { tenantId: home.id }, orderBy: { place: "asc" } });
  const people = everybody.filter(({ takenOutAt }) => takenOutAt === null);
  const order = await tx.order.findUniqueOrThrow({ where: { id: home.orderId } });
  const quote = readQuote(order);
  if (ask.kind === "add-on") return besideHome(tx, world, order, { ask, heads: people.length, book });
  const now = world.clock.now();
  const moves = ask.kind === "plan" ? nobody : whoMoves(ask, everybody, now);
  await notAskedToPay(tx, order.id, moves.out, now);
  const heads = people.length + moves.add.length + moves.back.length - moves.out.length;
  const plan = ask.kind === "plan" ? roomFor(ask.plan, people, book) : quote.plan;
  const sold = soldFor(quote, { before: people.length, after: heads }, plan, book);
  if (!sold) throw notNow(`The price book sells no ${plan} to ${heads}`, { key: "family.terms.notSold" });
  if (ask.kind === "plan" && !sold.differs) return undefined;
  const billed = sold.differs && order.stripeSubscriptionId !== null;
  return { ...keptTerms(quote, sold), ...{ heads, ...moves, billed }, ...(await dated(world, sold, heads, labelOf)) };
}

interface Beside {
  readonly ask: AddOnAsk;
  readonly heads: number;
  readonly book: PriceBook;
}

/** The home's line keeps its sum and its name. */
async function besideHome(
  tx: Tx,
  world: World,
  order: Order,
  { ask, heads, book }: Beside,
): Promise<TermsChange | undefined> {
  const quote = readQuote(order);
  const addOn = await addOnTerms(tx, order.id, quote, ask, book);
  if (!addOn) return undefined;
  const billed = order.stripeSubscriptionId !== null;
  // Without a bill nothing is sold that costs something.
  if (!billed && addOn.minor > 0) throw notNow("They have no bill", { key: "family.terms.addOnNotSold" });
  const as = { ...keptTerms(quote, quote), heads, addOn, ...nobody, billed };
  return { ...as, ...(await dated(world, quote, heads, async () => "")) };
}

const keptTerms = ({ period, currency, tax }: Quote, { plan }: Pick<Sold, "plan">) => ({ plan, period, currency, tax });

/** Whole seconds, as the payment vendor counts. */
async function dated({ clock }: World, { plan, home }: Omit<Sold, "differs">, heads: number, labelOf: HomeLabel) {
  const at = new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
  return { at: at.toISOString(), home: { minor: minorOf(home), label: await labelOf(plan, heads) } };
}

function roomFor(plan: string, people: readonly Person[], book: PriceBook): string {
  const most = book.plans[plan]?.most;
  if (most === undefined) throw notNow(`No plan ${plan}`, { key: "family.terms.notSold" });
  if (people.length > most)
    throw new NameplateError("bad-input", `${plan} has no room for ${people.length}`, { key: "family.terms.noRoom" });
  return plan;
}
