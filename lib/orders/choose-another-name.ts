import { termsNow } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { keptQuote, readQuote } from "@/lib/billing/quote.ts";
import { NameplateError } from "@/lib/errors.ts";
import { parseName } from "@/lib/names/parse-name.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import type { World } from "@/lib/world.ts";
import { deedFits } from "./deed-fits.ts";
import { endingOf, headCount, readDraft } from "./draft.ts";
import { costsNoMore } from "./other-names.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { quoteAgain } from "./quote-again.ts";
import { homesInTheWay } from "./similar-homes.ts";
import { tellWatchers } from "./tell-watchers.ts";

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
  typed: string,
): Promise<void> {
  const { clock, db } = tools;
  const order = await ownOrder(db, key);
  if (order.state !== "lost") throw meanwhile(`Order ${order.id} is ${order.state}`);
  const reading = parseName(typed, prices().endings);
  if (reading.kind !== "name") throw cannotHave("watch.lost.notThis", typed);
  const { name } = reading;
  const paid = readQuote(order);
  const quote = await quoteAgain(tools.names, name, headCount(readDraft(order)), termsNow(paid));
  if (!costsNoMore(order, quote)) throw cannotHave("watch.lost.dearer", name);
  if ((await homesInTheWay(tools, [name])).size > 0) throw cannotHave("watch.lost.notThis", name);
  if (!(await deedFits(tools.names, order, name))) throw cannotHave("watch.lost.asksMore", name);
  const tenantId = await db.$transaction(async (tx) => {
    const holder = await tx.tenant.findUnique({ where: { holds: name } });
    if (holder) throw cannotHave("watch.lost.notThis", name);
    const deed = readDraft(order).deed;
    const moved = await tx.order.updateMany({
      where: { id: order.id, state: "lost" },
      // The sums stay those that are charged; only what the registrar asks belongs to the new name.
      data: {
        state: "paid",
        name,
        lostAt: null,
        lostReason: null,
        quote: keptQuote({ ...paid, wholesale: quote.wholesale }),
        ...(deed ? { deed: { ...deed, ending: endingOf(name) } } : {}),
        updatedAt: clock.now(),
        version: { increment: 1 },
      },
    });
    if (moved.count === 0) throw meanwhile("Changed in another window");
    await tellWatchers(tx, order.id);
    return askForTenant(tx, tools, { ...order, name });
  });
  await tools.ring({ kind: "tenant", tenantId });
}

const meanwhile = (why: string) => new NameplateError("changed-meanwhile", why, { key: "errors.otherWindow" });
const cannotHave = (key: string, name: string) =>
  new NameplateError("bad-input", `${key}: ${name}`, { key, values: { name, ending: endingOf(name) } });
