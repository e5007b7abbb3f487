import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { type Bill, dayRates, restOfName } from "@/lib/billing/bill.ts";
import { day, money } from "../../_frame/write.ts";
import type { BillDates } from "./bill-dates.ts";

/** What changing one's mind costs, said before paying. */
export async function IfYouChangeYourMind({ bill, dates }: { bill: Bill; dates: BillDates }) {
  const t = await getTranslations("pay");
  const withdraw = {
    period: bill.period,
    date: day(dates.withdrawUntil),
    day: money(dayRates(bill)),
    beside: bill.addOns.length,
    year: money(bill.nameYear),
  };
  const leave = {
    period: bill.period,
    date: day(dates.yearEnds),
    // The first part is paid today.
    rest: money(restOfName(bill, 1)),
    part: money(bill.namePart),
  };
  return (
    <Stack as="section" gap={3} labelledBy="leaving">
      <h2 id="leaving">{t("mind")}</h2>
      <Bullets
        points={[
          { icon: "undo-2", text: t.rich("withdraw", { ...rich, ...withdraw }) },
          { icon: "calendar", text: t.rich("leave", { ...rich, ...leave }) },
        ]}
      />
    </Stack>
  );
}
