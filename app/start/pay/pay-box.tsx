import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";
import { PriceLines } from "@/components/price-lines.tsx";
import { rich } from "@/components/rich.tsx";
import { TickField } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import { type Bill, isFree } from "@/lib/billing/bill.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { billLines } from "../../_frame/bill-lines.ts";
import { consentWords } from "../../_frame/consent-words.ts";
import { CurrencyChoice } from "../../_frame/currency-choice.tsx";
import { dayOfMonth, dayOfYear, money } from "../../_frame/write.ts";
import { nameOf } from "../_wizard/current-order.ts";
import { payAction } from "./actions.ts";
import type { BillDates } from "./bill-dates.ts";
import { childrenAsked } from "./children-asked.ts";
import { consentKey } from "./consent-key.ts";
import type { Ticks } from "./ticks.ts";

interface PayBoxProps {
  readonly order: OrderView;
  readonly bill: Bill;
  readonly dates: BillDates;
  readonly wrongs: readonly Wrong[];
  /** What was ticked when something else was missing. */
  readonly ticked: Ticks;
}

/** The bill, the consent that is never ticked for anyone, and the one button that takes money. */
export async function PayBox({ order, bill, dates, wrongs, ticked }: PayBoxProps) {
  const t = await getTranslations("pay");
  const lines = await billLines(bill, nameOf(order), order.heads, true);
  return (
    <aside className="card stack stack--4" aria-labelledby="bill">
      <h2 id="bill">{t(lines ? "billHeading" : "billHeadingFree")}</h2>
      {lines ? <PriceLines {...lines} /> : null}
      <form className="stack stack--4" action={payAction}>
        <input type="hidden" name="version" value={order.version} />
        {isFree(bill) ? <p>{await agreed(bill)}</p> : <BeginNow bill={bill} wrongs={wrongs} ticked={ticked} />}
        <ForChildren order={order} wrongs={wrongs} ticked={ticked} />
        {isFree(bill) ? <Nothing /> : <Something bill={bill} dates={dates} />}
      </form>
      <CurrencyChoice now={bill.currency} at="pay" seen={order.billSeen} />
    </aside>
  );
}

const agreed = async (bill: Bill): Promise<string> => (await getTranslations("pay"))(consentKey(bill));

async function BeginNow({ bill, wrongs, ticked }: Pick<PayBoxProps, "bill" | "wrongs" | "ticked">) {
  return (
    <TickField
      {...{ id: "consent", name: "consent", value: "yes", checked: ticked.begin }}
      small
      {...wrongOf(wrongs, "consent")}
    >
      {await agreed(bill)}
    </TickField>
  );
}

/** A parent's word for children who are too young to agree themselves; nothing where there are none. */
async function ForChildren({ order, wrongs, ticked }: Pick<PayBoxProps, "order" | "wrongs" | "ticked">) {
  const asked = childrenAsked(order);
  if (asked.length === 0) return null;
  return (
    <TickField
      {...{ id: "childConsent", name: "childConsent", value: "yes", checked: ticked.child }}
      small
      {...wrongOf(wrongs, "childConsent")}
    >
      {await consentWords(asked, order.deed?.country ?? "")}
    </TickField>
  );
}

const wrongOf = (wrongs: readonly Wrong[], at: string) => {
  const wrong = wrongAt(wrongs, at);
  return wrong ? { wrong } : {};
};

/** Where an operator gives it away: nobody is sent to a payment page. */
async function Nothing() {
  const t = await getTranslations("pay");
  return (
    <>
      <Button wide>{t("buttonFree")}</Button>
      <p className="small muted">{t.rich("termsFree", links)}</p>
    </>
  );
}

async function Something({ bill, dates }: Pick<PayBoxProps, "bill" | "dates">) {
  const t = await getTranslations("pay");
  return (
    <>
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
