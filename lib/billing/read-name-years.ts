import { wordsOfError } from "@/lib/errors.ts";
import type { NameYear, Prisma } from "@/lib/generated/prisma/client.ts";
import type { Registrar } from "@/lib/provisioning/ports.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import { settleEach } from "@/lib/queue/settle-each.ts";
import type { World } from "@/lib/world.ts";
import { minorOf } from "./money.ts";
import { pokeCustomers } from "./poke-customers.ts";
import { renewalNow } from "./renewal-now.ts";

export interface YearTools extends World {
  readonly registrar: Registrar;
}

/** So many in a round; the next takes the rest. */
const atOnce = 100;

/**
 * Asks the registrar what each year costs whose price is to be known, once: what is told to a family then counts, whatever the
 * registry asks later. It is asked until it answers, or the year's price is fixed without it.
 */
export async function readNameYears(tools: YearTools): Promise<void> {
  const { db, clock } = tools;
  const due = await db.nameYear.findMany({
    where: { readAt: null, priceMinor: null, OR: [{ nextTryAt: null }, { nextTryAt: { lte: clock.now() } }] },
    include: { order: true },
    orderBy: [{ beginsAt: "asc" }, { orderId: "asc" }, { year: "asc" }],
    take: atOnce,
  });
  await settleEach(
    due,
    (year) => read(tools, year),
    (year, error) => noteFailure(tools, year, error),
  );
}

type Due = Prisma.NameYearGetPayload<{ include: { order: true } }>;

async function read({ db, clock, registrar }: YearTools, { orderId, year, currency, agreedMinor, order }: Due) {
  const { stripeCustomerId: customerId } = order;
  const name = order.name ?? "";
  const wholesale = await registrar.renewalPrice(name);
  const { sum, dear } = renewalNow(name, currency, wholesale);
  await db.nameYear.updateMany({
    where: { orderId, year, readAt: null, priceMinor: null },
    data: {
      // What is sold no more goes on as agreed.
      askedMinor: sum ? minorOf(sum) : agreedMinor,
      ...(wholesale ? { wholesale: { ...wholesale } } : {}),
      ...{ dear, readAt: clock.now(), tries: 0, nextTryAt: null, detail: null },
    },
  });
  // What is to be told now is not told a day later.
  if (customerId) await pokeCustomers(db, [customerId], clock.now());
}

async function noteFailure({ db, clock }: World, year: NameYear, error: unknown): Promise<void> {
  // It is never given up: there are weeks, and after them what was agreed counts.
  const { tries, nextTryAt } = afterFailure({ tries: year.tries, firstAt: year.createdAt }, error, clock.now());
  await db.nameYear.updateMany({
    where: { orderId: year.orderId, year: year.year, readAt: null },
    data: { tries, nextTryAt, detail: wordsOfError(error) },
  });
}
