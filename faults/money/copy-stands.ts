import { isDeepStrictEqual } from "node:util";
import { syncBilling } from "@/lib/billing/sync-billing.ts";
import type { Prisma } from "@/lib/generated/prisma/client.ts";
import type { MoneyStage } from "./stage.ts";

const include = {
  subscriptions: { orderBy: { id: "asc" } },
  invoices: { orderBy: { id: "asc" }, include: { lines: { orderBy: { place: "asc" } } } },
  creditNotes: { orderBy: { id: "asc" } },
  movements: { orderBy: { id: "asc" } },
  disputes: { orderBy: { id: "asc" } },
} satisfies Prisma.CustomerInclude;

/** Each customer's copy as it came to be, beside one that is made from nothing. */
export async function copyStands({ world, worker }: MoneyStage): Promise<string[]> {
  const { db } = world.database;
  const read = () =>
    db.customer.findMany({ include, omit: { askedAt: true, nextSyncAt: true }, orderBy: { id: "asc" } });
  const stood = await read();
  await db.invoice.deleteMany();
  await db.subscription.deleteMany();
  await db.movement.deleteMany();
  await db.dispute.deleteMany();
  for (const { id } of stood) await syncBilling(worker, id);
  const anew = await read();
  return stood.flatMap((before, n) => differs(before, anew[n]));
}

function differs<T extends { readonly id: string }>(before: T, after: T | undefined): string[] {
  const keys = Object.keys(before) as (keyof T & string)[];
  return keys
    .filter((key) => !isDeepStrictEqual(before[key], after?.[key]))
    .map(
      (key) =>
        `the copy of ${before.id} differs in ${key}: ${said(before[key])} and from nothing ${said(after?.[key])}`,
    );
}

/** Enough to see what it is about. */
const said = (value: unknown): string => JSON.stringify(value)?.slice(0, 2000);
