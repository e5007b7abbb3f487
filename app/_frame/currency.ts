import { cookies, headers } from "next/headers";
import { type Terms, termsNow, usualTerms } from "@/lib/billing/bill.ts";
import { currencyFor } from "@/lib/billing/choose-currency.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { settings } from "./settings.ts";

const cookieName = "currency";
/** A year: a person's currency seldom changes. */
const seconds = 365 * 86_400;

/** What this reader chose, or what fits the country: of the proxy before us where it says one, else of the browser's languages. */
export async function readCurrency(): Promise<string> {
  const [jar, head] = [await cookies(), await headers()];
  return currencyFor({
    chosen: jar.get(cookieName)?.value,
    country: head.get("cf-ipcountry") ?? undefined,
    languages: head.get("accept-language") ?? undefined,
  });
}

/** Only in a server action: what was chosen, or what an order began with, so that every page says the same from now on. */
export async function keepCurrency(currency: string): Promise<void> {
  const secure = settings().WEB_URL.startsWith("https:");
  (await cookies()).set(cookieName, currency, { httpOnly: true, secure, sameSite: "lax", path: "/", maxAge: seconds });
}

/** An order keeps its own terms; before there is one, the usual ones in the reader's currency. */
export async function termsHere(order?: OrderView): Promise<Terms> {
  return order?.bill ? termsNow(order.bill) : usualTerms(await readCurrency());
}
