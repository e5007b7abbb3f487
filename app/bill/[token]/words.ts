import { getTranslations } from "next-intl/server";
import type { OfferSight } from "@/lib/households/look-at-offer.ts";
import { day, money } from "../../_frame/write.ts";

/** What they agree to, beside the box and in what is kept of it. */
export async function agreeWords({ name, bill }: OfferSight): Promise<string> {
  const t = await getTranslations("payBill");
  const { next, quote } = bill ?? {};
  if (!next || !quote) return t("agreeSoon", { name });
  return t("agree", { name, sum: money(next.sum), date: day(new Date(next.at)), period: quote.period });
}
