"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isFree } from "@/lib/billing/bill.ts";
import { NameplateError, Refused, Unreachable } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import { completeQuote } from "@/lib/orders/complete-quote.ts";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { startCheckout } from "@/lib/orders/start-checkout.ts";
import { web } from "@/lib/web.ts";
import { homeLabel } from "../../_frame/bill-lines.ts";
import { addressOf } from "../../_frame/caller.ts";
import { consentWords } from "../../_frame/consent-words.ts";
import { paying, payingOrder, tooOften } from "../../_frame/limits.ts";
import { readOrderKey } from "../../_frame/order-cookie.ts";
import { watchPage } from "../_wizard/current-order.ts";
import { textOf } from "../_wizard/form-values.ts";
import { childrenAsked } from "./children-asked.ts";
import { consentKey } from "./consent-key.ts";
import { carryTicks, type Ticks } from "./ticks.ts";

const tickPage = "/start/pay?note=tick";

/** The button that takes money: leads to the payment page. The browser's own order is the only one it can reach. */
export async function payAction(form: FormData): Promise<void> {
  if ((await tooOften(paying)) !== undefined) redirect("/start/pay?note=often");
  const version = Number.parseInt(textOf(form, "version"), 10);
  const ticked = { begin: textOf(form, "consent") === "yes", child: textOf(form, "childConsent") === "yes" };
  const to = await goToCheckout(Number.isSafeInteger(version) ? version : -1, ticked);
  if (to === tickPage) await carryTicks(ticked);
  redirect(to);
}

/** Where the buyer goes from here: the payment page, or back to what stands in the way. */
async function goToCheckout(version: number, { begin, child }: Ticks): Promise<string> {
  const key = await readOrderKey();
  const { checkout, env } = web();
  const order = await describeOrder(checkout, key);
  if (!order) return "/start/name?note=gone";
  if (order.state === "closed") return watchPage;
  if (order.next !== "pay" || order.name === null || !order.bill) return `/start/${order.next}`;
  const free = isFree(order.bill);
  const asked = childrenAsked(order);
  if ((!begin && !free) || (!child && asked.length > 0)) return tickPage;
  if ((await tooOften(payingOrder, order.id)) !== undefined) return "/start/pay?note=often";
  const [bill, pay] = [await getTranslations("bill"), await getTranslations("pay")];
  try {
    const { url } = await startCheckout(checkout, {
      key,
      version: await completeQuote(checkout, key, version),
      consent: begin || free,
      consentText: pay(consentKey(order.bill)),
      consentFrom: addressOf(await headers()),
      childConsent: child ? await consentWords(asked, order.deed?.country ?? "") : undefined,
      labels: { home: await homeLabel(order.bill, order.heads), name: bill("name", { name: order.name }) },
      urls: { success: `${env.WEB_URL}${watchPage}`, cancel: `${env.WEB_URL}/start/pay?note=unpaid` },
    });
    return url;
  } catch (error) {
    return standsInTheWay(error, order.name);
  }
}

function standsInTheWay(error: unknown, name: string): string {
  if (error instanceof Unreachable || error instanceof Refused) {
    log.error({ err: error, vendor: error.vendor }, "Nobody can be sent to the payment page");
    return error.vendor.vendor === "Cloudflare" ? "/start/pay?note=registry" : "/start/pay?note=vendor";
  }
  if (!(error instanceof NameplateError)) throw error;
  switch (error.say?.key) {
    case "pay.alreadyPaid":
      return watchPage;
    case "pay.priceChanged":
      return `/start/pay?note=price&was=${error.say.values?.["before"]}`;
    case "pay.nameLost":
    case "name.rare":
    case "name.notSold":
      return `/start/name?q=${encodeURIComponent(name)}&lost=1`;
    default:
      if (error.kind === "changed-meanwhile") return "/start/pay?note=newer";
      throw error;
  }
}
