import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";
import { PriceLines } from "@/components/price-lines.tsx";
import { rich } from "@/components/rich.tsx";
import { TickField } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import type { Bill } from "@/lib/billing/bill.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { dayOfMonth, dayOfYear, money } from "../../_frame/write.ts";
import { billLines } from "../_wizard/bill-lines.ts";
import { nameOf } from "../_wizard/current-order.ts";
import { payAction } from "./actions.ts";
import type { BillDates } from "./bill-dates.ts";

interface PayBoxProps {
  readonly order: OrderView;
  readonly bill: Bill;
  readonly dates: BillDates;
  readonly wrong: Wrong | undefined;
}

/** The bill, the consent that is never ticked for anyone, and the one button that takes money. */
export async function PayBox({ order, bill, dates, wrong }: PayBoxProps) {
  const t = await getTranslations("pay");
  const { lines, total } = await billLines(bill, nameOf(order), order.heads, true);
  const sum = money({ minor: bill.totalMinor, currency: bill.currency });
  return (
    <aside className="card stack stack--4" aria-labelledby="bill">
      <h2 id="bill">{t("billHeading")}</h2>
      <PriceLines lines={lines} total={total} />
      <form className="stack stack--4" action={payAction}>
        <input type="hidden" name="version" value={order.version} />
        <TickField id="consent" name="consent" value="yes" small wrong={wrong}>
          {t("consent")}
        </TickField>
        <Button wide>{bill.totalMinor === 0 ? t("buttonFree") : t("button", { sum })}</Button>
        <When bill={bill} dates={dates} />
        <p className="small muted">{t.rich("stripe", links)}</p>
      </form>
    </aside>
  );
}

async function When({ bill, dates }: Pick<PayBoxProps, "bill" | "dates">) {
  const t = await getTranslations("pay");
  const sum = (minor: number) => money({ minor, currency: bill.currency });
  const values = {
    sum: sum(bill.totalMinor),
    later: sum(bill.totalMinor),
    day: t("dayOfMonth", { day: dayOfMonth(dates.paid) }),
    renews: dayOfYear(dates.paid),
    renewal: sum(bill.renewalYearMinor),
  };
  return <p className="small">{t.rich("today", { ...rich, ...values })}</p>;
}

const to = (href: string) => (chunks: ReactNode) => (
  <Link href={href} prefetch={false}>
    {chunks}
  </Link>
);
const links = { terms: to("/terms"), withdraw: to("/terms#withdraw") };
