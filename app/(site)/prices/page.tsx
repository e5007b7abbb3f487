import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { type PriceLine, PriceLines } from "@/components/price-lines.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import { billFor, type Terms } from "@/lib/billing/bill.ts";
import { same } from "@/lib/billing/money.ts";
import { asksMoney, endingsSold, prices } from "@/lib/billing/prices.ts";
import { mostPeople } from "@/lib/orders/choose-people.ts";
import { locale } from "@/messages/request.ts";
import { CurrencyChoice } from "../../_frame/currency-choice.tsx";
import { freeForm } from "../../_frame/free-form.ts";
import { LeftNote } from "../../_frame/left-note.tsx";
import { PeriodChoice } from "../../_frame/period-choice.tsx";
import { planName, planRoom } from "../../_frame/plan-words.ts";
import { termsHere } from "../../_frame/terms.ts";
import { titled } from "../../_frame/titled.ts";
import { money } from "../../_frame/write.ts";
import { one, type Query } from "../../start/_wizard/note.tsx";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("prices"))("heading"));

export default async function PricesPage({ searchParams }: { searchParams: Query }) {
  const t = await getTranslations("prices");
  const terms = await termsHere();
  const { period } = terms;
  const tax = prices().currencies[terms.currency]?.tax ?? "none";
  const paid = asksMoney();
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={3}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="lead">{paid ? t("lead", { period, tax }) : t("leadFree")}</p>
      </Stack>
      <LeftNote ids={one((await searchParams)["left"])} />
      {paid ? <Paid terms={terms} /> : <Given />}
      <Part heading={t("leaving")} text={paid ? t("leavingText", { period }) : t("leavingTextFree")} />
      <Part heading={t(freeForm(t, "rare"))} text={t(freeForm(t, "rareText"))} />
      <div>
        <ButtonLink href="/start/name">{t("button")}</ButtonLink>
      </div>
    </Stack>
  );
}

async function Paid({ terms }: { terms: Terms }) {
  const t = await getTranslations("prices");
  return (
    <>
      <ByPeriod terms={terms} />
      <Stack gap={2}>
        <h2>{t("home")}</h2>
        <PriceLines lines={await planLines(terms)} />
      </Stack>
      <AddOns terms={terms} />
      <Stack gap={3}>
        <Part heading={t("names")} text={t("namesText", { period: terms.period })} />
        <NamePrices terms={terms} />
        <p className="small muted">{t("inAllNote", { included: prices().plans[terms.plan]?.included ?? 1 })}</p>
        <CurrencyChoice now={terms.currency} at="prices" />
      </Stack>
    </>
  );
}

/** What can be had beside a home; nothing where the book has none. */
async function AddOns({ terms }: { terms: Terms }) {
  const lines = await addOnLines(terms);
  if (lines.length === 0) return null;
  const t = await getTranslations("addOns");
  return (
    <Stack gap={2}>
      <h2>{t("legend")}</h2>
      <p>{t("when")}</p>
      <PriceLines lines={lines} />
    </Stack>
  );
}

/** Where an operator gives everything away. */
async function Given() {
  const t = await getTranslations("prices");
  const endings = endingsSold().map((ending) => `.${ending}`);
  return (
    <>
      <Part heading={t("home")} text={t("homeFree", { most: mostPeople() })} />
      <Part heading={t("names")} text={t("namesFree", { endings: new Intl.ListFormat(locale).format(endings) })} />
    </>
  );
}

/** The example's whole bill, by the month and by the year. */
async function ByPeriod({ terms }: { terms: Terms }) {
  const t = await getTranslations("prices");
  const [ending = ""] = endingsSold();
  const by = (period: Terms["period"]) => billFor(ending, 1, { ...terms, period });
  const hint = t("example", { name: `smith.${ending}` });
  return <PeriodChoice month={by("month")} year={by("year")} now={terms.period} at="prices" hint={hint} />;
}

function Part({ heading, text }: { heading: string; text: string }) {
  return (
    <Stack gap={2}>
      <h2>{heading}</h2>
      <p>{text}</p>
    </Stack>
  );
}

/** Each plan with its price; one that is not sold by the year with what it costs by the month. */
async function planLines({ currency, period: wanted }: Terms): Promise<readonly PriceLine[]> {
  const t = await getTranslations("plans");
  const lines = Object.entries(prices().plans).map(async ([plan, { month, [wanted]: asked }]) => {
    const period = asked ? wanted : "month";
    const home = (asked ?? month).home[currency];
    const note = await planRoom({ plan, period, currency });
    return home ? [{ label: await planName(plan), sum: t("price", { sum: money(home), period }), note }] : [];
  });
  return (await Promise.all(lines)).flat();
}

/** Each add-on with its price; one that is not sold by the year with what it costs by the month. */
async function addOnLines({ currency, period: wanted }: Terms): Promise<readonly PriceLine[]> {
  const t = await getTranslations("plans");
  return Object.values(prices().addOns).flatMap(({ called, month, [wanted]: asked }) => {
    const sum = (asked ?? month)[currency];
    const period = asked ? wanted : "month";
    return sum ? [{ label: called, sum: t("price", { sum: money(sum), period }) }] : [];
  });
}

async function NamePrices({ terms }: { terms: Terms }) {
  const t = await getTranslations("prices");
  const rows = endingsSold().flatMap((ending) => {
    const bill = billFor(ending, 1, terms);
    if (!bill) return [];
    const { nameYear, renewalYear, total, laterTotal } = bill;
    const inAll = same(total, laterTotal) ? money(total) : t("inAllLater", { a: money(total), b: money(laterTotal) });
    const cells = [<b key="ending">.{ending}</b>, money(nameYear), money(renewalYear), inAll];
    return [{ key: ending, cells }];
  });
  const head = [
    { text: t("ending") },
    { text: t("first"), right: true },
    { text: t("renewal"), right: true },
    { text: t("inAll", { period: terms.period }), right: true },
  ];
  return <Table label={t("table")} head={head} rows={rows} />;
}
