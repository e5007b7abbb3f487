import { getTranslations } from "next-intl/server";
import { type PriceLine, PriceLines } from "@/components/price-lines.tsx";
import { isZero } from "@/lib/billing/money.ts";
import type { Withdrawal, WithdrawalLine } from "@/lib/billing/withdrawal.ts";
import { addOnLabel } from "../_frame/add-on-words.ts";
import { money } from "../_frame/write.ts";

/** What comes back, line by line, what is owed, and what that leaves on one side or the other. */
export async function WithdrawalSums({ sums }: { sums: Withdrawal }) {
  const t = await getTranslations("withdraw.line");
  const back = ({ what, sum }: WithdrawalLine): PriceLine => ({
    label: typeof what === "object" ? t("addOn", { called: addOnLabel(what.addOn) }) : t("home"),
    sum: money(sum),
  });
  const owed = isZero(sums.owed) ? [] : [{ label: t("owed"), sum: money(sums.owed) }];
  return <PriceLines lines={[...sums.lines.map(back), ...owed]} total={await totalOf(sums)} />;
}

async function totalOf({ toCard, toPay }: Withdrawal): Promise<PriceLine> {
  const t = await getTranslations("withdraw.line");
  if (!isZero(toPay)) return { label: t("toPay"), sum: money(toPay) };
  return isZero(toCard) ? { label: t("settled"), sum: money(toPay) } : { label: t("toCard"), sum: money(toCard) };
}
