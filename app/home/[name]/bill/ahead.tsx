import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { same } from "@/lib/billing/money.ts";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { day, money } from "../../../_frame/write.ts";

/** What the bill will be when the name's next year begins. */
export async function Ahead({ bill }: { bill: BillView }) {
  const t = await getTranslations("family.billPage");
  const year = money(bill.quote.renewalYear);
  const date = bill.renewsAt ? day(new Date(bill.renewsAt)) : undefined;
  return (
    <Stack as="section" gap={3} labelledBy="ahead">
      <h2 id="ahead">{t("ahead")}</h2>
      <p>
        {date === undefined
          ? t("aheadUndated", { year })
          : same(bill.quote.laterTotal, bill.total)
            ? t("aheadSame", { date, year })
            : t(`aheadText.${bill.quote.period}`, { date, year, sum: money(bill.quote.laterTotal) })}
      </p>
    </Stack>
  );
}
