/** A sum in the smallest unit of its currency: 625 GBP is £6.25, 625 JPY is ¥625. `currency` is ISO 4217. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
  formatters.set(key, known);
  return known;
}

/** As people of that locale write it. The currency decides how many minor units make a whole one. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  const format = formatterOf(locale, currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}
