import { readQuote } from "@/lib/billing/quote.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import type { World } from "@/lib/world.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { quoteAgain } from "./quote-again.ts";

export interface AnotherNameTools extends World {
  readonly names: NameSearch;
}

/**
 * After a name was lost: another one for the same money. What was paid stays as it is, so the new name may cost as much
 * or less, never more. The deed, the people and their parts of the address stay.
 */
export async function chooseAnotherName(
  tools: AnotherNameTools,
  key: OrderKey | undefined,
  name: string,
): Promise<void> {
  const order = await ownOrder(tools.db, key);
  if (order.state !== "lost")
    throw new NameplateError("changed-meanwhile", `Order ${order.id} is ${order.state}`, { key: "errors.otherWindow" });
  const paid = readQuote(order);
  const people = 1 + (Array.isArray(order.people) ? order.people.length : 0);
  const quote = await quoteAgain(tools.names, name, people);
  if (
    quote.currency !== paid.currency ||
    quote.totalMinor > paid.totalMinor ||
    quote.laterTotalMinor > paid.laterTotalMinor
  ) {
    throw new NameplateError("bad-input", `${name} costs more than was paid`, {
      key: "watch.lost.dearer",
      values: { name },
    });
  }
  const { clock, db } = tools;
  const tenantId = await db.$transaction(async (tx) => {
    const holder = await tx.tenant.findUnique({ where: { holds: name } });
    if (holder) throw new NameplateError("bad-input", `${name} is held`, { key: "name.lostSince", values: { name } });
    const moved = await tx.order.updateMany({
      where: { id: order.id, state: "lost" },
      // The sums stay those that are charged; only what the registrar asks belongs to the new name.
      data: {
        state: "paid",
        name,
        lostAt: null,
        lostReason: null,
        quote: { ...paid, wholesale: quote.wholesale },
        updatedAt: clock.now(),
        version: { increment: 1 },
      },
    });
    if (moved.count === 0)
      throw new NameplateError("changed-meanwhile", "Changed in another window", { key: "errors.otherWindow" });
    return askForTenant(tx, tools, { ...order, name });
  });
  await tools.ring({ kind: "tenant", tenantId });
}
