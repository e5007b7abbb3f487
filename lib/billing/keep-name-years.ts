import type { Tx } from "@/lib/db.ts";
import type { NameYear, Order } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { billMail } from "./bill-mail.ts";
import { endNameYears } from "./end-name-years.ts";
import type { KnownBill } from "./known-bill.ts";
import { isZero, minorOf } from "./money.ts";
import { beginningOf, isToFix, priceOf, tellingDue, yearsToKnow } from "./name-year.ts";
import { newestWish } from "./newest-wish.ts";
import { nameYearCause } from "./price-name-year.ts";
import { readQuote } from "./quote.ts";
import type { BillSubscription, OrderBill } from "./read-bill.ts";
import { leftOfYear, yearPrice } from "./rest-of-year.ts";

/**
 * The later years of an order's name: has the price of the next one read (lib/billing/read-name-years.ts), tells the family when
 * it is more, fixes what counts, and wants it in the bill. Safe at any time, any number of times. Who leaves before a year begins
 * hears nothing of it.
 */
export async function keepNameYears(world: World, { order, bill }: KnownBill): Promise<void> {
  const { db, clock } = world;
  const { subscription, begunAt, twice } = bill;
  // What goes back has no later year.
  if (order.state !== "paid" || !subscription || subscription.endedAt || !begunAt || twice) return;
  const left = await hasLeft(db, order);
  const near = yearsToKnow(begunAt, clock.now());
  if (near.length === 0 && !left) return;
  const endsAt = await endOf(db, order, subscription);
  const wanted = near.filter(
    (year) => (!endsAt || endsAt > beginningOf(begunAt, year)) && !wasPaidBefore(order, bill, subscription, year),
  );
  if (left) await endNameYears(db, { order, bill }, clock.now());
  else await writeDown(world, order, bill, { begunAt, wanted });
  const rows = await db.nameYear.findMany({
    where: { orderId: order.id, year: { in: wanted } },
    orderBy: { year: "asc" },
  });
  for (const year of rows) {
    await tell(world, order, year);
    await fix(world, year, subscription);
  }
}

/** Whoever came back in a year of the name that an earlier bill had paid has nothing of it on this one. */
function wasPaidBefore(
  order: Order,
  { standing, years, begunAt }: OrderBill,
  { startedAt }: BillSubscription,
  year: number,
) {
  const before = standing.filter(({ createdAt }) => createdAt < startedAt);
  if (!begunAt || before.length === 0) return false;
  return isZero(leftOfYear(readQuote(order), { standing: before, years }, begunAt, year));
}

/** Whether the family has its name elsewhere. */
const hasLeft = async (db: World["db"], { id }: Order): Promise<boolean> =>
  (await db.tenant.count({ where: { orderId: id, nameLeftAt: { not: null } } })) > 0;

/** When the bill ends as it was asked to, be it copied yet or not. */
async function endOf(db: World["db"], { id }: Order, subscription: BillSubscription): Promise<Date | null> {
  const wish = await newestWish(db, id, subscription);
  return (
    subscription.cancelAt ?? (wish?.state === "under way" && wish.kind !== "keep" ? subscription.periodUntil : null)
  );
}

interface Wanted {
  readonly begunAt: Date;
  readonly wanted: readonly number[];
}

/** Of years of which there is no row yet. */
async function writeDown(
  { db, clock }: World,
  order: Order,
  bill: OrderBill,
  { begunAt, wanted }: Wanted,
): Promise<void> {
  const quote = readQuote(order);
  const missing = wanted.filter((year) => !bill.years.some((known) => known.year === year));
  const rows = missing.map((year) => {
    const before = minorOf(yearPrice(quote, bill.years, year - 1));
    return {
      ...{ orderId: order.id, year, beginsAt: beginningOf(begunAt, year), currency: quote.currency },
      agreedMinor: minorOf(yearPrice(quote, bill.years, year)),
      ...{ beforeMinor: before, createdAt: clock.now() },
    };
  });
  if (rows.length > 0) await db.nameYear.createMany({ data: rows, skipDuplicates: true });
}

/** The letter and that they were told are one: what was not told does not count. Whose home rests hears nothing. */
async function tell(world: World, order: Order, year: NameYear): Promise<void> {
  const { db, clock, ring } = world;
  const days = tellingDue(year, clock.now());
  const to = billMail(order);
  if (days === undefined || to === "") return;
  const told = await db.$transaction(async (tx) => {
    if (await rests(tx, order)) return false;
    const cause = `name-dearer:${order.id}:${year.year}:${days}:${year.askedMinor}`;
    const values = { orderId: order.id, year: String(year.year) };
    await wantMail(tx, world, { cause, kind: "name-dearer", to, values });
    await tx.nameYear.updateMany({
      where: { orderId: order.id, year: year.year, announcedAt: null },
      data: { announcedAt: clock.now() },
    });
    return true;
  });
  if (told) await ring({ kind: "mail" });
}

const rests = async (tx: Tx, { id }: Order): Promise<boolean> =>
  (await tx.tenant.count({ where: { orderId: id, restsBecause: { not: null } } })) > 0;

/** From now on nobody answers any more, and a worker writes it into the bill: into each that there is in that year. */
async function fix(
  { db, clock, ids, ring }: World,
  year: NameYear,
  { id, periodUntil }: BillSubscription,
): Promise<void> {
  const now = clock.now();
  const isFixed = year.priceMinor !== null;
  // A bill that is drawn before the year begins, as of whoever came back on another day, has nothing of it yet.
  if (periodUntil < year.beginsAt) return;
  if (!isFixed && !isToFix(year, now)) return;
  const { orderId } = year;
  const minor = minorOf(priceOf(year));
  const fixed = await db.$transaction(async (tx) => {
    const asRead = { announcedAt: year.announcedAt, answer: year.answer, askedMinor: year.askedMinor };
    const { count } = isFixed
      ? { count: 1 }
      : await tx.nameYear.updateMany({
          where: { orderId, year: year.year, priceMinor: null, ...asRead },
          data: { priceMinor: minor, decidedAt: now },
        });
    if (count === 0) return false;
    const cause = nameYearCause(id, year.year);
    const row = { id: ids.id("chg"), orderId, cause, kind: "name-year", terms: { year: year.year, minor } };
    const made = await tx.billChange.createMany({
      data: [{ ...row, state: "wanted", askedBy: "nameplate", createdAt: now }],
      skipDuplicates: true,
    });
    return made.count > 0;
  });
  if (fixed) await ring({ kind: "order", orderId });
}
