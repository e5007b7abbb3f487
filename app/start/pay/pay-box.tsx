import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";
import { PriceLines } from "@/components/price-lines.tsx";
import { rich } from "@/components/rich.tsx";
import { TickField } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { type Bill, isFree } from "@/lib/billing/bill.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { billLines } from "../../_frame/bill-lines.ts";
import { CurrencyChoice } from "../../_frame/currency-choice.tsx";
import { dayOfMonth, dayOfYear, money } from "../../_frame/write.ts";
import { nameOf } from "../_wizard/current-order.ts";
import { payAction } from "./actions.ts";
import type { BillDates } from "./bill-dates.ts";
import { consentKey } from "./consent-key.ts";

interface PayBoxProps {
  readonly order: OrderView;
  readonly bill: Bill;
  readonly dates: BillDates;
  readonly wrong: Wrong | undefined;
}

/** The bill, the consent that is never ticked for anyone, and the one button that takes money. */
export async function PayBox({ order, bill, dates, wrong }: PayBoxProps) {
  const t = await getTranslations("pay");
  const lines = await billLines(bill, nameOf(order), order.heads, true);
  return (
    <aside className="card stack stack--4" aria-labelledby="bill">
      <h2 id="bill">{t(lines ? "billHeading" : "billHeadingFree")}</h2>
      {lines ? <PriceLines {...lines} /> : null}
      <form className="stack stack--4" action={payAction}>
        <input type="hidden" name="version" value={order.version} />
        {isFree(bill) ? <Nothing bill={bill} /> : <Something bill={bill} dates={dates} wrong={wrong} />}
      </form>
      <CurrencyChoice now={bill.currency} at="pay" seen={order.billSeen} />
    </aside>
  );
}

/** Where an operator gives it away: nobody is sent to a payment page. */
async function Nothing({ bill }: Pick<PayBoxProps, "bill">) {
  const t = await getTranslations("pay");
  return (
    <>
      <p>{t(consentKey(bill))}</p>
      <Button wide>{t("buttonFree")}</Button>
      <p className="small muted">{t.rich("termsFree", links)}</p>
    </>
  );
}

async function Something({ bill, dates, wrong }: Pick<PayBoxProps, "bill" | "dates" | "wrong">) {
  const t = await getTranslations("pay");
  return (
    <>
      <TickField id="consent" name="consent" value="yes" small wrong={wrong}>
        {t(consentKey(bill))}
      </TickField>
      <Button wide>{t("button", { sum: money(bill.total) })}</Button>
      <When bill={bill} dates={dates} />
      <p className="small muted">{t.rich("stripe", links)}</p>
    </>
  );
}

async function When({ bill, dates }: Pick<PayBoxProps, "bill" | "dates">) {
  const t = await getTranslations("pay");
  const values = {
    sum: money(bill.total),
    // The second bill of a year is the first with today's renewal price.
    later: money(bill.period === "year" ? bill.laterTotal : bill.total),
    period: bill.period,
    day: t("dayOfMonth", { day: dayOfMonth(dates.paid) }),
    renews: dayOfYear(dates.paid),
    renewal: money(bill.renewalYear),
  };
  return <p className="small">{t.rich("today", { ...rich, ...values })}</p>;
}

const to = (href: string) => (chunks: ReactNode) => (
  <Link href={href} prefetch={false}>
    {chunks}
  </Link>
);
const links = { terms: to("/terms"), withdraw: to("/terms#withdraw") };
