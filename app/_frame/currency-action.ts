"use server";

import { redirect } from "next/navigation";
import { prices } from "@/lib/billing/prices.ts";
import { chooseCurrency } from "@/lib/orders/choose-currency.ts";
import { web } from "@/lib/web.ts";
import { change } from "../start/_wizard/change.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { keepCurrency } from "./currency.ts";

/** Shows every price in another currency, and asks for it, too. The browser's own order is the only one it can reach. */
export async function chooseCurrencyAction(form: FormData): Promise<void> {
  const currency = textOf(form, "currency");
  const back = textOf(form, "at") === "pay" ? "/start/pay" : "/prices";
  if (!Object.hasOwn(prices().currencies, currency)) redirect(back);
  await change("pay", (key) => chooseCurrency(web().world, key, currency));
  await keepCurrency(currency);
  redirect(back);
}
