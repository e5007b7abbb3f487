import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { dayRates } from "@/lib/billing/bill.ts";
import { withdrawDays } from "@/lib/billing/withdraw-time.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { ReturnOffer } from "@/lib/households/describe-return.ts";
import { web } from "@/lib/web.ts";
import { day, money } from "../../../../_frame/write.ts";

/** What the name costs and from when, and what changing one's mind costs, said before paying. */
export async function IfYouChangeYourMind({ offer }: { offer: ReturnOffer }) {
  const [t, pay] = [await getTranslations("family.return"), await getTranslations("pay")];
  const { quote, namePaidUntil, nameYear, free } = offer;
  const values = { period: quote.period, year: money(nameYear), until: namePaidUntil ? day(namePaidUntil) : "" };
  const last = daysAfter(web().world.clock.now(), withdrawDays);
  const withdraw = { date: day(last), day: money(dayRates(quote)), beside: quote.addOns.length };
  return (
    <>
      <Stack as="section" gap={3} labelledBy="name">
        <h2 id="name">{t("name")}</h2>
        <p>{t(namePaidUntil ? "namePaid" : "nameCosts", values)}</p>
      </Stack>
      {free ? null : (
        <Stack as="section" gap={3} labelledBy="leaving">
          <h2 id="leaving">{pay("mind")}</h2>
          <Bullets
            points={[
              { icon: "undo-2", text: t.rich(namePaidUntil ? "withdraw" : "withdrawName", { ...rich, ...withdraw }) },
              { icon: "calendar", text: t.rich("leave", { ...rich, ...values }) },
            ]}
          />
        </Stack>
      )}
    </>
  );
}
