"use server";

import { redirect } from "next/navigation";
import { addOnsSold } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type ChosenTerms, chooseTerms } from "@/lib/orders/choose-terms.ts";
import { describeOrder, type OrderView } from "@/lib/orders/describe-order.ts";
import { web } from "@/lib/web.ts";
import { change } from "../start/_wizard/change.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { readOrderKey } from "./order-cookie.ts";
import { keepTerms, termsHere } from "./terms.ts";

/**
 * Shows every price in another currency or by another period, and asks for it, too; or puts add-ons on a bill. The browser's
 * own order is the only one it can reach.
 */
export async function chooseTermsAction(form: FormData): Promise<void> {
  const atBill = textOf(form, "at") === "pay";
  const chosen = chosenIn(form);
  const begun = await describeOrder(web().world, await readOrderKey());
  const order = begun && begun.state !== "closed" && begun.bill ? begun : undefined;
  // The page of prices shows no bill that could be an older one.
  const seen = atBill ? textOf(form, "seen") : undefined;
  const choose = () => change("pay", (key) => chooseTerms(web().world, key, chosen, seen));
  const left = atBill || order ? await choose() : [];
  await keepTerms({ ...(await termsHere(order)), ...chosen });
  const note = left.length > 0 ? `?${new URLSearchParams({ note: "left", left: left.join() })}` : "";
  redirect(`${atBill ? "/start/pay" : "/prices"}${note}${placeOf(chosen, order)}`);
}

/** Who chose a card goes on from it. */
function placeOf(chosen: ChosenTerms, order: OrderView | undefined): string {
  if (chosen.period) return "#period";
  const { addOns } = chosen;
  if (!addOns || !order?.bill) return "";
  const had = order.bill.addOns.map(({ id }) => id);
  const place = addOnsSold(order.bill).findIndex((id) => had.includes(id) !== addOns.includes(id));
  return `#add-on-${Math.max(0, place)}`;
}

/** Nothing but what the book sells. A form that says nothing of add-ons leaves them as they are. */
function chosenIn(form: FormData): ChosenTerms {
  const [currency, period] = [textOf(form, "currency"), textOf(form, "period")];
  const addOns = form.getAll("addOns");
  return {
    ...(Object.hasOwn(prices().currencies, currency) ? { currency } : {}),
    ...(period === "month" || period === "year" ? { period } : {}),
    ...(addOns.length > 0 ? { addOns: Object.keys(prices().addOns).filter((id) => addOns.includes(id)) } : {}),
  };
}
