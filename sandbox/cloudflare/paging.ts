import { type Ctx, refuse } from "./envelope.ts";

/** A whole number from the query, within its bounds. */
export function numberIn(
  c: Ctx,
  name: string,
  { usual, least, most }: { usual: number; least: number; most: number },
): number {
  const given = c.req.query(name);
  if (given === undefined || given === "") return usual;
  const number = Number(given);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw refuse(400, `${name} must be a whole number from ${least} to ${most}.`);
  }
  return number;
}

/** Page numbers from 1, as zones and records have them. */
export function pageOf<T>(
  c: Ctx,
  all: readonly T[],
  usual: number,
  most: number,
): { items: readonly T[]; info: object } {
  const page = numberIn(c, "page", { usual: 1, least: 1, most: 1_000_000 });
  const per_page = numberIn(c, "per_page", { usual, least: 1, most });
  const items = all.slice((page - 1) * per_page, page * per_page);
  const total_pages = Math.ceil(all.length / per_page);
  return { items, info: { page, per_page, count: items.length, total_count: all.length, total_pages } };
}

/** Cursors, as the registrar has them: the last item seen, sealed from curious eyes; empty at the end. */
export function cursorPage<T>(
  c: Ctx,
  all: readonly T[],
  key: (item: T) => string,
): { items: readonly T[]; info: object } {
  const per_page = numberIn(c, "per_page", { usual: 20, least: 1, most: 50 });
  const cursor = c.req.query("cursor");
  const after = cursor && Buffer.from(cursor, "base64url").toString();
  const start = after ? all.findIndex((item) => key(item) === after) + 1 : 0;
  if (cursor && start === 0) throw refuse(400, "cursor is not valid.");
  const items = all.slice(start, start + per_page);
  const last = items.at(-1);
  const more = start + per_page < all.length && last !== undefined;
  return { items, info: { count: items.length, per_page, cursor: more ? seal(key(last)) : "" } };
}

const seal = (key: string): string => Buffer.from(key).toString("base64url");

/** Sorted by a text, either way round. */
export function sorted<T>(c: Ctx, all: Iterable<T>, by: (item: T) => string): T[] {
  const sign = c.req.query("direction") === "desc" ? -1 : 1;
  return [...all].sort((a, b) => (by(a) < by(b) ? -sign : by(a) > by(b) ? sign : 0));
}
