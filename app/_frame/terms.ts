import { cookies, headers } from "next/headers";
import { type Terms, termsNow, usualTerms } from "@/lib/billing/bill.ts";
import { currencyFor } from "@/lib/billing/choose-currency.ts";
import { asksMoney } from "@/lib/billing/prices.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { settings } from "./settings.ts";

/** Holds such as `EUR.year`. */
const cookieName = "prices";
/** A year: neither changes often. */
const seconds = 365 * 86_400;

/**
 * How this reader sees prices: in the currency that they chose, or that fits the country (of the proxy before us where it
 * says one, else of the browser's languages), and by the period that they chose.
 */
async function readTerms(): Promise<Terms> {
  const [jar, head] = [await cookies(), await headers()];
  const [chosen, period] = (jar.get(cookieName)?.value ?? "").split(".");
  const currency = currencyFor({
    chosen,
    country: head.get("cf-ipcountry") ?? undefined,
    languages: head.get("accept-language") ?? undefined,
  });
  return termsNow({ ...usualTerms(currency), period: period === "year" ? "year" : "month", addOns: [] });
}

/** Only in a server action: what was chosen, or what an order began with, so that every page says the same from now on. */
export async function keepTerms({ currency, period }: Pick<Terms, "currency" | "period">): Promise<void> {
  if (!asksMoney()) return;
  const secure = settings().WEB_URL.startsWith("https:");
  const about = { httpOnly: true, secure, sameSite: "lax", path: "/", maxAge: seconds } as const;
  (await cookies()).set(cookieName, `${currency}.${period}`, about);
}

/** An order keeps its own terms; before there is one, the usual ones as the reader sees prices. */
export async function termsHere(order?: OrderView): Promise<Terms> {
  return order?.bill ? termsNow(order.bill) : readTerms();
}
