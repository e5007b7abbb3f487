import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import { billFor, type Terms } from "@/lib/billing/bill.ts";
import { same } from "@/lib/billing/money.ts";
import { endingsSold, prices } from "@/lib/billing/prices.ts";
import { termsHere } from "../../_frame/currency.ts";
import { CurrencyChoice } from "../../_frame/currency-choice.tsx";
import { titled } from "../../_frame/titled.ts";
import { money } from "../../_frame/write.ts";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("prices"))("heading"));

export default async function PricesPage() {
  const t = await getTranslations("prices");
  const terms = await termsHere();
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={3}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="lead">{t("lead")}</p>
      </Stack>
      <Part heading={t("home")} text={await homeText(terms)} />
      <Stack gap={3}>
        <Part heading={t("names")} text={t("namesText")} />
        <NamePrices terms={terms} />
        <CurrencyChoice now={terms.currency} at="prices" />
      </Stack>
      <Part heading={t("leaving")} text={t("leavingText")} />
      <Part heading={t("rare")} text={t("rareText")} />
      <div>
        <ButtonLink href="/start/name">{t("button")}</ButtonLink>
      </div>
    </Stack>
  );
}

function Part({ heading, text }: { heading: string; text: string }) {
  return (
    <Stack gap={2}>
      <h2>{heading}</h2>
      <p>{text}</p>
    </Stack>
  );
}

async function homeText({ plan: id, currency }: Terms): Promise<string> {
  const t = await getTranslations("prices");
  const plan = prices().plans[id];
  const home = plan?.month.home[currency];
  if (!plan || !home) return "";
  const more = plan.month.furtherPerson[currency] ?? home;
  return t("homeText", { home: money(home), included: plan.included, more: money(more), most: plan.most });
}

async function NamePrices({ terms }: { terms: Terms }) {
  const t = await getTranslations("prices");
  const rows = endingsSold().flatMap((ending) => {
    const bill = billFor(ending, 1, terms);
    if (!bill) return [];
    const { nameYear, renewalYear, total, laterTotal } = bill;
    const monthly = same(total, laterTotal)
      ? money(total)
      : t("monthlyLater", { a: money(total), b: money(laterTotal) });
    const cells = [<b key="ending">.{ending}</b>, money(nameYear), money(renewalYear), monthly];
    return [{ key: ending, cells }];
  });
  const head = [
    { text: t("ending") },
    { text: t("first"), right: true },
    { text: t("renewal"), right: true },
    { text: t("monthly"), right: true },
  ];
  return <Table label={t("table")} head={head} rows={rows} />;
}
