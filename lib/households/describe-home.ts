import type { Money } from "@/lib/billing/money.ts";
import type { Period } from "@/lib/billing/read-price-book.ts";
import { isOwnersTurn } from "@/lib/orders/describe-watch.ts";
import { describeSteps, type StepView } from "@/lib/tenants/describe-steps.ts";
import { backUntil, tooLateSince } from "@/lib/tenants/lives-there.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member, partOf } from "./access.ts";
import { type BillView, billView } from "./describe-bill.ts";
import { describeCards, type PersonCard } from "./describe-cards.ts";
import type { Owed } from "./describe-owed.ts";
import { parentNames } from "./parents/describe-parents.ts";

/** How a home is, from the last findings of its steps. */
export type HomeHealth = "being-made" | "well" | "being-repaired" | "needs-you" | "resting";

/** The family page. Times are ISO. */
export interface HomeView {
  readonly tenantId: string;
  readonly name: string;
  readonly health: HomeHealth;
  /** What only they can do: the step's code, and where the registry wrote to. */
  readonly needs: { readonly code: string; readonly mail: string } | null;
  /** When we last looked from outside; null before the first time. */
  readonly lookedAt: string | null;
  readonly people: readonly PersonCard[];
  /** Who was taken out and can be brought back, the last one first. */
  readonly takenOut: readonly TakenOutView[];
  /** Whether the children are theirs to look after. */
  readonly cares: boolean;
  /** What those are called whose they are. */
  readonly parents: readonly string[];
  readonly registrant: string;
  readonly renewsAt: string | null;
  /** Since when it is looked after elsewhere. */
  readonly nameLeftAt: string | null;
  /** Null where it costs nothing, and where somebody else pays: then it is theirs alone to see. */
  readonly bill: BillSoFar | null;
  /** What whoever pays is called, where that is somebody else. */
  readonly paidBy: string | null;
  /** What was asked for and not paid. */
  readonly owed: Owed | null;
  /** When its bill ended, where it rests because of that. */
  readonly endedAt: string | null;
}

export interface TakenOutView {
  readonly personId: string;
  readonly given: string;
  readonly part: string;
  readonly child: boolean;
  readonly at: string;
  readonly until: string;
  /** All of them is being erased: nobody brings them back. */
  readonly erasing: boolean;
}

export interface BillSoFar {
  readonly next: { readonly at: string; readonly sum: Money } | null;
  /** What is still to be paid where there is no next one. */
  readonly left: Money | null;
  readonly period: Period;
  readonly card: string | null;
  /** The last bill; `only` when there was no other. */
  readonly paid: { readonly at: string; readonly sum: Money; readonly only: boolean };
}

/** One home, for somebody who runs it. Only reads. */
export async function describeHome(world: World, who: Member): Promise<HomeView> {
  const { db } = world;
  const home = await homeOf(world, who);
  const member: Member = { userId: who.userId, tenantId: home.id };
  const [cards, bill, rows, order] = await Promise.all([
    describeCards(world, member),
    billView(world, home),
    db.stepState.findMany({ where: { tenantId: home.id } }),
    db.order.findUniqueOrThrow({ where: { id: home.orderId } }),
  ]);
  const { pays } = await partOf(world, member);
  const steps = describeSteps(rows);
  const deed = deedShape.safeParse(order.deed);
  const facts = rows.find((row) => row.step === "domain")?.facts as { registeredUntil?: string | null } | null;
  const theirs = steps.find(isOwnersTurn);
  return {
    tenantId: home.id,
    name: home.name,
    health: bill.rests ? "resting" : healthOf(steps, home.readyAt !== null),
    needs: theirs ? { code: theirs.code ?? "", mail: (deed.success ? deed.data.email : order.email) ?? "" } : null,
    lookedAt: steps.find((step) => step.name === "seen-from-outside")?.lookedAt ?? null,
    people: cards.people,
    takenOut: await takenOutOf(world, home.id),
    cares: home.ownerIsParent,
    parents: await parentNames(db, home),
    registrant: deed.success ? deed.data.fullName : (order.given ?? ""),
    renewsAt: facts?.registeredUntil ?? null,
    nameLeftAt: home.nameLeftAt?.toISOString() ?? null,
    bill: pays ? billSoFar(bill) : null,
    paidBy: pays ? null : (order.payerName ?? ""),
    owed: pays ? bill.owed : null,
    endedAt: bill.rests === "ended" ? (bill.ending?.at ?? null) : null,
  };
}

function healthOf(steps: readonly StepView[], ready: boolean): HomeHealth {
  if (steps.some(isOwnersTurn)) return "needs-you";
  if (!ready) return "being-made";
  return steps.every((step) => step.state === "done") ? "well" : "being-repaired";
}

async function takenOutOf({ db, clock }: World, tenantId: string): Promise<readonly TakenOutView[]> {
  const people = await db.person.findMany({
    where: { tenantId, takenOutAt: { gt: tooLateSince(clock.now()) }, goneAt: null },
    orderBy: [{ takenOutAt: "desc" }, { place: "asc" }],
  });
  return people.flatMap(({ id: personId, given, part, kind, takenOutAt: at, eraseAskedAt }) => {
    if (!at) return [];
    const times = { at: at.toISOString(), until: backUntil(at).toISOString() };
    return { personId, given, part, child: kind === "child", ...times, erasing: eraseAskedAt !== null };
  });
}

/** A home that costs nothing has no bill. */
function billSoFar({ next, left, card, past, quote }: BillView): BillSoFar | null {
  const last = past.find(({ unpaid }) => !unpaid);
  if (!last) return null;
  return {
    next,
    left,
    period: quote.period,
    card: card?.label ?? null,
    paid: { at: last.at, sum: last.sum, only: past.length === 1 },
  };
}
