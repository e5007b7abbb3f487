import { daysAfter } from "@/lib/clock.ts";
import type { NameYear } from "@/lib/generated/prisma/client.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";

/** The last letter's days: whoever hears of it later was not told in time. */
const toldDays = 14;

/**
 * Each later year that was fixed costs what the family may be asked: no more than was agreed unless they were told, no more than a
 * quarter above that unless they said yes, and never more than we ask. And the vendor's own line bears it.
 */
export async function yearsAgree(stage: MoneyStage): Promise<readonly string[]> {
  const { db } = stage.world.database;
  const years = await db.nameYear.findMany({ where: { priceMinor: { not: null } }, include: { order: true } });
  const wrong: string[] = [];
  for (const { order, ...year } of years) {
    const told = await db.mail.count({
      where: {
        ...{ kind: "name-dearer", cause: { startsWith: `name-dearer:${order.id}:${year.year}:` } },
        createdAt: { lte: daysAfter(year.beginsAt, -toldDays) },
      },
    });
    const why = [...isTooMuch(year, told > 0), ...(await isElsewhere(stage, year, order.stripeCustomerId))];
    wrong.push(...why.map((what) => `year ${year.year} of ${order.id} costs ${year.priceMinor}: ${what}`));
  }
  return wrong;
}

function isTooMuch({ priceMinor, agreedMinor, askedMinor, answer }: NameYear, told: boolean): string[] {
  const price = priceMinor ?? 0;
  return [
    ...(price > agreedMinor && !told ? [`nobody was told, and ${agreedMinor} were agreed`] : []),
    ...(price * 4 > agreedMinor * 5 && answer !== "yes" ? [`nobody said yes, and ${agreedMinor} were agreed`] : []),
    ...(price > (askedMinor ?? agreedMinor) ? [`${askedMinor} are asked`] : []),
  ];
}

/** The line of the newest year that was written, unless somebody took it away. */
async function isElsewhere(stage: MoneyStage, { year, priceMinor, writtenAt }: NameYear, customer: string | null) {
  if (!writtenAt || !customer) return [];
  const { data } = await vendorOf(stage).subscriptions.list({ customer, status: "all", limit: 100 });
  const marks = data.flatMap(({ items }) => items.data).filter(({ metadata }) => metadata["nameYear"] === String(year));
  return marks
    .filter(({ metadata }) => metadata["nameYearMinor"] !== String(priceMinor))
    .map(({ metadata }) => `the vendor's line says ${metadata["nameYearMinor"]}`);
}
