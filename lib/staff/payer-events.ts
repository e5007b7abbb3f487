import { payerChange } from "@/lib/billing/payer-change.ts";
import type { Db } from "@/lib/db.ts";
import type { Event } from "./timeline.ts";

const endsOfAsking = { done: "payer-over", replaced: "payer-taken-back", "given-up": "payer-ran-out" } as const;

/** Who was asked to pay instead, and what came of it: the newest so many. */
export async function payerEvents(db: Db, orderId: string, most: number): Promise<Event[]> {
  const rows = await db.billChange.findMany({
    where: { orderId, kind: "payer" },
    orderBy: { createdAt: "desc" },
    take: most,
  });
  return rows.flatMap(({ id, createdAt, doneAt, state, terms }): Event[] => {
    const { given, email } = payerChange.parse(terms);
    const who = { kind: "payer", given, email } as const;
    const asked: Event = { ...who, key: id, at: createdAt.toISOString(), what: "payer-asked" };
    const what = endsOfAsking[state as keyof typeof endsOfAsking];
    return doneAt && what ? [asked, { ...who, key: `${id}-done`, at: doneAt.toISOString(), what }] : [asked];
  });
}
