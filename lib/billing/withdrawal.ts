import { dayRate } from "./bill.ts";
import type { LineOf } from "./ledger.ts";
import { add, addAll, atLeastZero, compare, type Money, negate, times } from "./money.ts";
import type { Period } from "./read-price-book.ts";

export interface WithdrawalLine {
  readonly what: LineOf;
  readonly label: string;
  readonly sum: Money;
}

/** What a withdrawal comes to. All sums in one currency, none below zero. */
export interface Withdrawal {
  /** Of each line that was paid, what comes back. */
  readonly lines: readonly WithdrawalLine[];
  /** All of it. */
  readonly back: Money;
  /** What is left of the name's year: it stays to be paid, and the name stays theirs. */
  readonly owed: Money;
  /** What comes back pays what is owed first: so much of it. */
  readonly settles: Money;
  /** The rest of it goes to the card. */
  readonly toCard: Money;
  /** What is still asked for. */
  readonly toPay: Money;
}

/** A home, and what was bought beside it, is given back but for the days that were used; a name is not taken back. */
const givenBack = ({ what }: WithdrawalLine): boolean => what === "home" || typeof what === "object";

/** From what was paid for the first period, after so many begun days of it. */
export function withdrawalOf(
  paid: readonly WithdrawalLine[],
  { period, days, owed }: { readonly period: Period; readonly days: number; readonly owed: Money },
): Withdrawal {
  const lines = paid.filter(givenBack).map(({ sum, ...line }) => {
    const used = times(dayRate({ home: sum, period }), days);
    return { ...line, sum: atLeastZero(add(sum, negate(used))) };
  });
  const back = addAll(
    lines.map(({ sum }) => sum),
    owed.currency,
  );
  const settles = compare(back, owed) < 0 ? back : owed;
  return {
    ...{ lines, back, owed, settles },
    toCard: add(back, negate(settles)),
    toPay: add(owed, negate(settles)),
  };
}
