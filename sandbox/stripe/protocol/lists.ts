import { listOf, type StripeList } from "../objects/shared.ts";
import { missing } from "./errors.ts";

export interface Paging {
  readonly limit: number;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

/** One page of a list. `oldestFirst` is what passed the filters; the page is newest first. */
export function pageOf<T extends { readonly id: string }>(
  url: string,
  oldestFirst: readonly T[],
  paging: Paging,
): StripeList<T> {
  const all = oldestFirst.toReversed();
  const { limit, starting_after: after, ending_before: before } = paging;
  if (before !== undefined) {
    const newer = all.slice(0, placeOf(all, before, "ending_before"));
    return listOf(url, newer.slice(-limit), newer.length > limit);
  }
  const rest = after === undefined ? all : all.slice(placeOf(all, after, "starting_after") + 1);
  return listOf(url, rest.slice(0, limit), rest.length > limit);
}

function placeOf(all: readonly { readonly id: string }[], id: string, param: string): number {
  const place = all.findIndex((one) => one.id === id);
  if (place < 0) throw missing("object", id, param);
  return place;
}

/** A list inside an object shows so many; the rest is asked for by its own address. */
const shownInside = 10;

/** The answer with each list inside it cut short. A list that is itself the answer is paged already. */
export const shortened = (answer: object): object =>
  Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, shortenedInside(value)]));

function shortenedInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortenedInside);
  if (typeof value !== "object" || value === null) return value;
  const inner = shortened(value) as Record<string, unknown>;
  const { object, data } = inner;
  if (object !== "list" || !Array.isArray(data) || data.length <= shownInside) return inner;
  return { ...inner, data: data.slice(0, shownInside), has_more: true };
}
