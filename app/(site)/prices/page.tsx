import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import { billFor } from "@/lib/billing/bill.ts";
import { endingsSold, priceBook } from "@/lib/billing/price-book.ts";
import { titled } from "../../_frame/titled.ts";
import { price } from "../../_frame/write.ts";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("prices"))("heading"));

export default async function PricesPage() {
  const t = await getTranslations("prices");
  const { monthMinor, included, furtherPersonMonthMinor, mostPeople } = priceBook.home;
  const home = { home: price(monthMinor), included, more: price(furtherPersonMonthMinor), most: mostPeople };
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={3}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="lead">{t("lead")}</p>
      </Stack>
      <Part heading={t("home")} text={t("homeText", home)} />
      <Stack gap={3}>
        <Part heading={t("names")} text={t("namesText")} />
        <NamePrices />
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

async function NamePrices() {
  const t = await getTranslations("prices");
  const rows = endingsSold.flatMap((ending) => {
    const bill = billFor(ending, 1);
    if (!bill) return [];
    const { nameYearMinor, renewalYearMinor, totalMinor, laterTotalMinor } = bill;
    const monthly =
      totalMinor === laterTotalMinor
        ? price(totalMinor)
        : t("monthlyLater", { a: price(totalMinor), b: price(laterTotalMinor) });
    const cells = [<b key="ending">.{ending}</b>, price(nameYearMinor), price(renewalYearMinor), monthly];
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
