import type { Tx } from "@/lib/db.ts";
import type { BillChange, Order } from "@/lib/generated/prisma/client.ts";
import { movePeople } from "@/lib/households/move-people.ts";
import { movedIn } from "@/lib/households/who-moves.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { backUntil } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { withHome, withPeriod } from "./bill.ts";
import { billMail } from "./bill-mail.ts";
import { lineTermsOf } from "./line-terms.ts";
import { moneyOf } from "./money.ts";
import { agreePeriod } from "./period-change.ts";
import type { Cashier } from "./ports.ts";
import { keptQuote, type Quote, readQuote } from "./quote.ts";
import type { BillSubscription } from "./read-bill.ts";
import { type TermsChange, termsChange } from "./terms-change.ts";

export interface TermsOutcome {
  readonly state: "done" | "refused" | "given-up";
  readonly detail?: string;
  /** As they were in the end, where that is not what was wanted at first. */
  readonly terms?: TermsChange;
}

/** Asks the payment vendor for the new terms, from the moment that the preview counted from. What is agreed follows with the row. */
export async function carryOutTerms(
  { cashier }: { readonly cashier: Cashier },
  change: BillChange,
  subscription: BillSubscription,
): Promise<TermsOutcome> {
  const answer = await cashier.changeTerms(lineTermsOf(change, subscription));
  if (answer === "done") return { state: "done" };
  // What was shown is true no more: the family is asked to choose once more, and no person has to look.
  if (answer === "too-late") return { state: "given-up", detail: "A new period began before it could be done" };
  return { state: "refused", detail: "The subscription has ended" };
}

/** What was agreed, and who lives there, follow in one transaction with the row's being done: a change that was refused changes nothing. */
export async function agreeTerms(
  tx: Tx,
  world: World,
  { id, orderId, terms: kept }: Pick<BillChange, "id" | "orderId" | "terms">,
): Promise<void> {
  const terms = termsChange.parse(kept);
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  await tellOfChange(tx, world, order, { id, terms });
  if (terms.turn) return agreePeriod(tx, orderId, terms);
  await tx.order.update({ where: { id: orderId }, data: { quote: keptQuote(agreed(readQuote(order), terms)) } });
  const tenant = await tx.tenant.findFirst({
    where: { orderId, want: "present" },
    orderBy: { createdAt: "desc" },
  });
  if (!tenant) return; // taken down meanwhile
  await movePeople(tx, world, tenant, terms);
}

/** What they pay for from then on. */
function agreed(quote: Quote, { addOn, plan, home, currency }: TermsChange): Quote {
  if (!addOn) return withHome(quote, { plan, home: moneyOf(home.minor, currency) });
  const others = quote.addOns.filter(({ id }) => id !== addOn.id);
  const own = addOn.comes ? [{ id: addOn.id, sum: moneyOf(addOn.minor, currency) }] : [];
  return withPeriod(quote, { ...quote, addOns: [...others, ...own] });
}

/**
 * The letter that says what was changed, to whoever pays for it. Who goes or comes back is named in it: of somebody who had not
 * moved in no table does so afterwards.
 */
async function tellOfChange(
  tx: Tx,
  world: World,
  order: Order,
  { id, terms: { billed, out, back } }: { readonly id: string; readonly terms: TermsChange },
): Promise<void> {
  const mover = await tx.person.findFirst({
    where: { id: { in: [...out, ...back] } },
    include: { cards: { where: { usedAt: { not: null } } } },
  });
  // Who had moved in can come back.
  const until = out.length > 0 && mover && movedIn(mover) ? backUntil(world.clock.now()).toISOString() : "";
  const erased = mover?.eraseAskedAt ? "yes" : "";
  const values = { changeId: id, ...(mover ? { given: mover.given, part: mover.part, until, erased } : {}) };
  await wantMail(tx, world, {
    cause: `changed:${id}`,
    kind: "changed",
    to: billed ? billMail(order) : (order.email ?? ""),
    values,
  });
}
