/** A number as people write it, such as 17.80, kept exactly: 1780 over 100. */
export interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}

/** Digits, and at most one point with digits behind it. */
export const isDecimal = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);

export function exact(text: string): Exact {
  if (!isDecimal(text)) throw new Error(`${text} is no number as 17.80 is`);
  const [whole = "", rest = ""] = text.split(".");
  return { over: BigInt(whole + rest), under: 10n ** BigInt(rest.length) };
}

export const product = (...all: readonly Exact[]): Exact =>
  all.reduce((a, b) => ({ over: a.over * b.over, under: a.under * b.under }));

/** 20 percent more. */
export function raisedBy(percent: string): Exact {
  const { over, under } = exact(percent);
  return { over: 100n * under + over, under: 100n * under };
}

/** The smallest multiple of `step` that is not less. */
export function upTo({ over, under }: Exact, step: bigint): bigint {
  const whole = under * step;
  return ((over + whole - 1n) / whole) * step;
}

/** How many smallest units a written sum has, of a currency with so many decimals; undefined when it has more of them. */
export function unitsOf(text: string, digits: number): number | undefined {
  const { over, under } = exact(text);
  const units = over * 10n ** BigInt(digits);
  return units % under === 0n ? Number(units / under) : undefined;
}
