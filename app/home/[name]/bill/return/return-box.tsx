import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";
import { type PriceLine, PriceLines } from "@/components/price-lines.tsx";
import { rich } from "@/components/rich.tsx";
import { TickField } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { isZero, same } from "@/lib/billing/money.ts";
import type { ReturnOffer, ReturnView } from "@/lib/households/describe-return.ts";
import { addOnLabel } from "../../../../_frame/add-on-words.ts";
import { homeLabel } from "../../../../_frame/bill-lines.ts";
import { day, money } from "../../../../_frame/write.ts";
import { returnAction } from "./actions.ts";

interface ReturnBoxProps {
  readonly view: ReturnView;
  readonly offer: ReturnOffer;
  readonly wrong: Wrong | undefined;
}

/** The bill, the consent that is never ticked for anyone, and the one button that takes money. */
export async function ReturnBox({ view, offer, wrong }: ReturnBoxProps) {
  const [t, pay] = [await getTranslations("family.return"), await getTranslations("pay")];
  const { quote, free } = offer;
  return (
    <aside className="card stack stack--4" aria-labelledby="bill">
      <h2 id="bill">{pay(free ? "billHeadingFree" : "billHeading")}</h2>
      {free ? null : <Lines view={view} offer={offer} />}
      <form className="stack stack--4" action={returnAction}>
        <input type="hidden" name="home" value={view.name} />
        <input type="hidden" name="period" value={quote.period} />
        <input type="hidden" name="seen" value={offer.seen} />
        {free ? (
          <>
            <p>{pay("consentFree")}</p>
            <Button wide>{t("heading")}</Button>
          </>
        ) : (
          <Something offer={offer} wrong={wrong} />
        )}
      </form>
    </aside>
  );
}

async function Lines({ view: { name, people }, offer }: Pick<ReturnBoxProps, "view" | "offer">) {
  const [t, bill] = [await getTranslations("family.return"), await getTranslations("bill")];
  const { quote, namePaidUntil, total, withName } = offer;
  const words = async (what: ReturnOffer["lines"][number]["what"]): Promise<Omit<PriceLine, "sum">> => {
    if (what === "home") return { label: await homeLabel(quote, people) };
    if (what !== "name") return { label: addOnLabel(what.addOn) };
    const note = namePaidUntil ? { note: t("paidUntil", { date: day(namePaidUntil) }) } : {};
    return { label: bill("name", { name }), ...note };
  };
  const lines = await Promise.all(
    offer.lines.map(async ({ what, sum }): Promise<PriceLine> => ({ ...(await words(what)), sum: money(sum) })),
  );
  const later =
    namePaidUntil && !same(total, withName)
      ? { note: t("later", { date: day(namePaidUntil), sum: money(withName) }) }
      : {};
  const label = bill("eachTax", { tax: quote.tax, period: quote.period });
  return <PriceLines lines={lines} total={{ label, sum: money(total), ...later }} />;
}

async function Something({ offer, wrong }: Pick<ReturnBoxProps, "offer" | "wrong">) {
  const [t, pay] = [await getTranslations("family.return"), await getTranslations("pay")];
  const { today, held, carried, next, nextSum, quote } = offer;
  const values = { sum: money(today), next: money(nextSum), date: day(next), period: quote.period };
  return (
    <>
      <TickField id="consent" name="consent" value="yes" small wrong={wrong}>
        {pay("consent")}
      </TickField>
      <Button wide>{pay("button", { sum: money(today) })}</Button>
      <p className="small">
        {t.rich("today", { ...rich, ...values })} {isZero(held) ? null : t("held", { sum: money(held) })}
        {isZero(carried) ? null : t("carried", { sum: money(carried) })}
      </p>
      <p className="small muted">{pay.rich("stripe", links)}</p>
    </>
  );
}

const to = (href: string) => (chunks: ReactNode) => (
  <Link href={href} prefetch={false}>
    {chunks}
  </Link>
);
const links = { terms: to("/terms"), withdraw: to("/terms#withdraw") };
