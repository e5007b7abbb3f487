import { type Money, moneyOf } from "@/lib/billing/money.ts";
import { nextBill } from "@/lib/billing/next-bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member } from "./access.ts";

/** A home's bill, from our own rows. Times are ISO. */
export interface BillView {
  readonly name: string;
  readonly people: number;
  readonly included: number;
  /** Null where nothing is asked for, or nothing was paid. */
  readonly next: { readonly at: string; readonly sum: Money } | null;
  readonly card: string | null;
  /** Parts of the monthly sum. */
  readonly home: Money;
  readonly nameMonth: Money;
  readonly month: Money;
  /** The name's first year, and what a year costs at today's renewal price. */
  readonly nameYear: Money;
  readonly renewalYear: Money;
  /** Each month from the second year on. */
  readonly later: Money;
  readonly renewsAt: string | null;
  readonly first: { readonly at: string; readonly sum: Money; readonly receipt: string } | null;
}

export async function describeBill({ db, clock }: World, who: Member): Promise<BillView> {
  const tenant = await homeOf({ db }, who);
  const [order, people, domain] = await Promise.all([
    db.order.findUniqueOrThrow({ where: { id: tenant.orderId } }),
    db.person.count({ where: { tenantId: tenant.id } }),
    db.stepState.findUnique({ where: { tenantId_step: { tenantId: tenant.id, step: "domain" } } }),
  ]);
  const quote = readQuote(order);
  const { paidAt, paidMinor, paidCurrency } = order;
  const next = paidAt && paidMinor ? nextBill(paidAt, quote, clock.now()) : undefined;
  return {
    name: tenant.name,
    people,
    included: prices().plans[quote.plan]?.included ?? people,
    next: next ? { at: next.at.toISOString(), sum: next.sum } : null,
    card: order.cardLabel,
    home: quote.home,
    nameMonth: quote.namePart,
    month: quote.total,
    nameYear: quote.nameYear,
    renewalYear: quote.renewalYear,
    later: quote.laterTotal,
    renewsAt: (domain?.facts as { registeredUntil?: string | null } | null)?.registeredUntil ?? null,
    first:
      paidAt && paidMinor && paidCurrency
        ? {
            at: paidAt.toISOString(),
            sum: moneyOf(paidMinor, paidCurrency),
            receipt: order.receiptNumber ?? `NP-${order.number}`,
          }
        : null,
  };
}
