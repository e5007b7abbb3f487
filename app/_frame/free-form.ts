import { asksMoney } from "@/lib/billing/prices.ts";

/** The key of a text, or where nothing costs anything that of its form that speaks of no payment, if it has one. */
export function freeForm<K extends string>(t: { has(key: never): boolean }, key: K): K {
  const free = `${key}Free`;
  return !asksMoney() && t.has(free as never) ? (free as K) : key;
}
