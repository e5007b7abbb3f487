import { getTranslations } from "next-intl/server";
import { addOnCalled } from "@/lib/billing/add-on-called.ts";
import type { Bill } from "@/lib/billing/bill.ts";
import { addOnsSold } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { locale } from "@/messages/request.ts";

/** What a bill's add-on is called: the operator's own word. */
export const addOnLabel = (id: string): string => addOnCalled(id, prices());

/** Several of them in a sentence. */
export async function addOnNames(ids: readonly string[]): Promise<{ names: string; n: number }> {
  const t = await getTranslations("addOns");
  const names = ids.map((id) => t("quoted", { called: addOnLabel(id) }));
  return { names: new Intl.ListFormat(locale).format(names), n: ids.length };
}

/** Which of a bill's add-ons would leave it by the year; nothing where none would. */
export async function leavesByYear({
  period,
  currency,
  addOns,
}: Pick<Bill, "period" | "currency"> & { readonly addOns: readonly string[] }): Promise<string | undefined> {
  const sold = addOnsSold({ period: "year", currency });
  const leaving = period === "year" ? [] : addOns.filter((id) => !sold.includes(id));
  if (leaving.length === 0) return undefined;
  return (await getTranslations("addOns"))("leaves", await addOnNames(leaving));
}
