import { type LineOf, lineOfKey } from "@/lib/billing/ledger.ts";
import { addAll, type Money, moneyOf } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import type { Period, Tax } from "@/lib/billing/read-price-book.ts";
import {
  type ShownBill,
  type TermsChange,
  type TermsState,
  termsChange,
  termsKinds,
} from "@/lib/billing/terms-change.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { type Member, partOf } from "./access.ts";
import { goodSeconds } from "./confirm-terms.ts";
import { askedFor, countryOf } from "./consent/agreed.ts";
import { movedIn } from "./who-moves.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/** Whoever comes or goes. */
export interface Mover {
  readonly given: string;
  readonly part: string;
  readonly child: boolean;
  /** Has an account, so that it is locked and can be opened again. */
  readonly movedIn: boolean;
  /** Is to be erased as soon as they are taken out: nobody brings them back. */
  readonly erased: boolean;
}

/** A change of terms before it is saved, as the family reads it. Times are ISO. */
export interface TermsView {
  readonly id: string;
  readonly name: string;
  /** `over`: it is good no more, or another came in its place. */
  readonly state: "asked" | "shown" | "taken" | "given-up" | "over";
  readonly add: readonly Mover[];
  readonly out: readonly Mover[];
  readonly back: readonly Mover[];
  readonly heads: number;
  readonly plan: { readonly from: string; readonly to: string };
  /** Whom a parent has to agree for, and the country where they live. */
  readonly asksFor: { readonly children: readonly string[]; readonly country: string };
  /** What comes to the home beside it, or goes. */
  readonly addOn: { readonly called: string; readonly comes: boolean } | null;
  /** Another period, and from when on. */
  readonly turn: { readonly to: Period; readonly from: string } | null;
  /** What the next bill will be; null where the bill stays as it is. */
  readonly bill: NextBillView | null;
}

export interface NextBillView {
  readonly at: string;
  readonly lines: readonly NextLine[];
  readonly total: Money;
  /** What will be asked for: less or more than the total where something is kept from before. */
  readonly due: Money;
  /** What each bill is from then on, as far as we know today. */
  readonly each: Money;
  readonly period: Period;
  readonly tax: Tax;
}

export interface NextLine {
  /** `unused`: time that was paid for, and comes back; `rest`: the time that is left of the period; `whole`: the next one. */
  readonly kind: "unused" | "rest" | "whole";
  readonly what: LineOf;
  readonly label: string;
  readonly sum: Money;
  readonly from: string;
  readonly until: string;
}

/** A change that one of this home thinks of. Another's is not found. Only reads. */
export async function describeTerms(world: World, who: Member, changeId: string): Promise<TermsView> {
  const { db, clock } = world;
  const { home } = await partOf(world, who);
  const row = await db.billChange.findFirst({
    where: { id: changeId, orderId: home.orderId, kind: { in: termsKinds } },
    include: { order: true },
  });
  if (!row) throw new NameplateError("not-found", "No such change of this home's");
  const terms = termsChange.parse(row.terms);
  const movers = await moversOf(db, terms);
  const good = clock.now() < secondsAfter(row.createdAt, goodSeconds) && !(await whyNotTerms(db, home));
  return {
    ...{ id: row.id, name: home.name, state: stateOf(row.state as TermsState, good) },
    add: terms.add.map(({ given, part, kind }) => ({
      given,
      part,
      child: kind === "child",
      movedIn: false,
      erased: false,
    })),
    asksFor: asksForOf(terms, row.order, clock.now()),
    ...movers,
    heads: terms.heads,
    plan: { from: readQuote(row.order).plan, to: terms.plan },
    addOn: terms.addOn ? { called: terms.addOn.label, comes: terms.addOn.comes } : null,
    turn: terms.turn ? { to: terms.period, from: terms.turn.from } : null,
    bill: terms.shown ? nextBillOf(terms, terms.shown) : null,
  };
}

function asksForOf({ add }: TermsChange, order: Pick<Order, "deed">, now: Date): TermsView["asksFor"] {
  const country = countryOf(order);
  return { children: askedFor(add, country, now).map(({ given }) => given), country };
}

async function moversOf(db: World["db"], { out, back }: TermsChange): Promise<Pick<TermsView, "out" | "back">> {
  const people = await db.person.findMany({
    where: { id: { in: [...out, ...back] } },
    include: { cards: true },
    orderBy: { place: "asc" },
  });
  const views = (ids: readonly string[]): readonly Mover[] =>
    people
      .filter(({ id }) => ids.includes(id))
      .map((one) => ({
        ...{ given: one.given, part: one.part, child: one.kind === "child" },
        ...{ movedIn: movedIn(one), erased: one.eraseAskedAt !== null },
      }));
  return { out: views(out), back: views(back) };
}

function stateOf(state: TermsState, good: boolean): TermsView["state"] {
  if (state === "given-up") return "given-up";
  if (state === "wanted" || state === "done") return "taken";
  return good && (state === "asked" || state === "shown") ? state : "over";
}

/** The bill that follows a change, as the payment vendor said it would be. */
export function nextBillOf(terms: TermsChange, { lines, totalMinor, dueMinor }: ShownBill): NextBillView {
  const { currency, period, tax } = terms;
  const sum = (units: number): Money => moneyOf(units, currency);
  const read = lines.map(
    ({ what, label, minor, proration, from, until }): NextLine => ({
      kind: proration ? (minor < 0 ? "unused" : "rest") : "whole",
      what: lineOfKey(what),
      label: isNewHome(terms, { what, minor, proration, from }) ? terms.home.label : label,
      ...{ sum: sum(minor), ...(terms.turn ? firstPeriod(terms.turn.from, period) : { from, until }) },
    }),
  );
  // What somebody at the vendor added once is no part of later bills.
  const later = read.filter(({ kind, what }) => kind === "whole" && what !== "other");
  return {
    // What is kept from before pays for bills that come sooner.
    ...{ lines: read, total: sum(totalMinor), due: sum(terms.turn ? totalMinor : dueMinor), period, tax },
    at: later[0]?.from ?? terms.at,
    each: addAll(
      later.map((line) => line.sum),
      currency,
    ),
  };
}

/** The vendor was asked of a bill of now; it comes on its own day. */
const firstPeriod = (from: string, period: Period): Pick<NextLine, "from" | "until"> => ({
  from,
  until: monthsAfter(new Date(from), period === "year" ? 12 : 1).toISOString(),
});

/** The vendor has no name for the new line before it is wanted for good. */
function isNewHome(
  { at, addOn, turn }: TermsChange,
  line: Pick<ShownBill["lines"][number], "what" | "minor" | "proration" | "from">,
) {
  if (addOn || turn || lineOfKey(line.what) !== "home") return false;
  return !line.proration || (line.minor >= 0 && new Date(line.from).getTime() === new Date(at).getTime());
}
