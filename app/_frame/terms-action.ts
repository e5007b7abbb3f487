"use server";

import { redirect } from "next/navigation";
import type { Terms } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { chooseTerms } from "@/lib/orders/choose-terms.ts";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { web } from "@/lib/web.ts";
import { change } from "../start/_wizard/change.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { readOrderKey } from "./order-cookie.ts";
import { keepTerms, termsHere } from "./terms.ts";

/**
 * Shows every price in another currency or by another period, and asks for it, too. The browser's own order is the only one
 * it can reach.
 */
export async function chooseTermsAction(form: FormData): Promise<void> {
  const atBill = textOf(form, "at") === "pay";
  const chosen = chosenIn(form);
  const begun = await describeOrder(web().world, await readOrderKey());
  const order = begun && begun.state !== "closed" && begun.bill ? begun : undefined;
  // The page of prices shows no bill that could be an older one.
  const seen = atBill ? textOf(form, "seen") : undefined;
  if (atBill || order) await change("pay", (key) => chooseTerms(web().world, key, chosen, seen));
  await keepTerms({ ...(await termsHere(order)), ...chosen });
  // Who chose a card goes on from it.
  redirect(`${atBill ? "/start/pay" : "/prices"}${chosen.period ? "#period" : ""}`);
}

/** Nothing but what the book sells. */
function chosenIn(form: FormData): Partial<Pick<Terms, "currency" | "period">> {
  const [currency, period] = [textOf(form, "currency"), textOf(form, "period")];
  return {
    ...(Object.hasOwn(prices().currencies, currency) ? { currency } : {}),
    ...(period === "month" || period === "year" ? { period } : {}),
  };
}
