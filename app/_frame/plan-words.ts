import { getTranslations } from "next-intl/server";
import type { Terms } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { money } from "./write.ts";

/** The operator's word for a plan, or ours. */
export async function planName(id: string): Promise<string> {
  const t = await getTranslations("plans");
  return prices().plans[id]?.called ?? t(id === "person" ? "person" : "family");
}

/** How many a plan is for, and what each further person costs where it takes more. */
export async function planRoom({
  plan: id,
  period,
  currency,
}: Pick<Terms, "plan" | "period" | "currency">): Promise<string> {
  const t = await getTranslations("plans");
  const plan = prices().plans[id];
  if (!plan) return "";
  const { included, most } = plan;
  const more = plan[period]?.furtherPerson[currency];
  if (most === included || !more) return t("room", { included });
  return t("roomMore", { included, most, more: money(more), period });
}
