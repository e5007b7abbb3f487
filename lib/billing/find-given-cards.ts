import { secondsAfter } from "@/lib/clock.ts";
import { wordsOfError } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import { settleEach } from "@/lib/queue/settle-each.ts";
import type { World } from "@/lib/world.ts";
import { type PayerChange, payerChange } from "./payer-change.ts";
import type { Cashier } from "./ports.ts";
import { readBill } from "./read-bill.ts";

export type GivenTools = World & { readonly cashier: Cashier };

/** So many in a round; the next takes the rest. */
const atOnce = 100;

/**
 * Looks whether those who were asked to pay have given their card, and carries on with what they wish where they have: of one order
 * at once, of all those that are due. This is what finds a card of which no webhook told. What ran out ends here.
 */
export async function findGivenCards(tools: GivenTools, which: { readonly orderId?: string } = {}): Promise<void> {
  const { db, clock } = tools;
  const due = which.orderId ? which : { OR: [{ nextTryAt: null }, { nextTryAt: { lte: clock.now() } }] };
  const asked = await db.billChange.findMany({
    where: { kind: "payer", state: "asked", deadAt: null, ...due },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await settleEach(
    asked,
    (change) => look(tools, change),
    async (change, error) => {
      const { deadAt: _, ...after } = afterFailure({ tries: change.tries, firstAt: clock.now() }, error, clock.now());
      await update(tools, change, { ...after, detail: wordsOfError(error) });
    },
  );
}

async function look(tools: GivenTools, change: BillChange): Promise<void> {
  const { db, clock, cashier, ring } = tools;
  const terms = payerChange.parse(change.terms);
  const now = clock.now();
  const { subscription } = await readBill(db, change.orderId);
  const card = subscription && (await cashier.givenCard(subscription.customerId, change.id));
  const over = now >= new Date(terms.until) || !subscription || subscription.endedAt !== null;
  if (!card && !over) return update(tools, change, { nextTryAt: nextLook(terms, now), tries: 0 });
  const wanted = card ? {} : { terms: { ...terms, back: "over" } satisfies PayerChange };
  await update(tools, change, { ...wanted, state: "wanted", tries: 0, nextTryAt: null });
  await ring({ kind: "order", orderId: change.orderId });
}

const update = async (
  { db }: World,
  { id }: BillChange,
  data: Parameters<World["db"]["billChange"]["updateMany"]>[0]["data"],
): Promise<void> => void (await db.billChange.updateMany({ where: { id, state: "asked" }, data }));

/** While a page for the card is open every ten seconds, later every ten minutes at most; otherwise when the link runs out. */
function nextLook({ page, until }: PayerChange, now: Date): Date {
  const end = new Date(until);
  // A minute longer than the page: what was given in its last moment is there by then.
  if (!page || now > secondsAfter(new Date(page.until), 60)) return end;
  const left = (new Date(page.until).getTime() - now.getTime()) / 1000;
  return secondsAfter(now, Math.min(600, Math.max(10, (pageSeconds - left) / 4)));
}

/** How long the vendor's page for a card is open: an hour, as the one for a first payment. */
export const pageSeconds = 3600;
