import { type Rung, restDay, rungAt } from "@/lib/billing/ladder.ts";
import { type Money, moneyOf } from "@/lib/billing/money.ts";
import { type OrderBill, owed } from "@/lib/billing/read-bill.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Rest } from "@/lib/provisioning/step.ts";

/** What was asked for and not paid. Times are ISO. */
export interface Owed {
  readonly sum: Money;
  readonly since: string;
  readonly nextTryAt: string | null;
  /** The vendor's code for why. */
  readonly refusal: string | null;
  readonly payUrl: string | null;
  /** How far the ladder is climbed; the home rests from `restsAt` on, where it still runs. */
  readonly banner: Rung["banner"];
  readonly restsAt: string;
}

/** Null where nothing is owed. */
export function owedOf({ standing, leftAt }: OrderBill, rests: Rest["because"] | null, now: Date): Owed | null {
  const open = owed(standing);
  if (!open) return null;
  const { banner } = rungAt(open.createdAt, now, leftAt !== null);
  return {
    sum: moneyOf(open.dueMinor, open.currency),
    since: open.createdAt.toISOString(),
    nextTryAt: open.nextTryAt?.toISOString() ?? null,
    refusal: open.refusal,
    payUrl: open.pageUrl,
    // Said when it is so.
    banner: rests === "unpaid" ? "rests" : banner === "rests" ? "lastCall" : banner,
    restsAt: daysAfter(open.createdAt, restDay).toISOString(),
  };
}
