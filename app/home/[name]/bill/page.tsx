import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/page-heading.tsx";
import { PriceLines } from "@/components/price-lines.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../_frame/titled.ts";
import { day, dayOfYear, money } from "../../../_frame/write.ts";
import { memberOf } from "../../_parts/member.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.billPage"))("heading"));

/** What they pay for, what changes, and what was paid. */
export default async function BillPage({ params }: PageProps) {
  const bill = await describeBill(web().world, await memberOf((await params).name));
  const t = await getTranslations("family.billPage");
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={2}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="lead">{await lead(bill)}</p>
      </Stack>
      {bill.next ? (
        <>
          <WhatFor bill={bill} />
          <Ahead bill={bill} />
          <Paid bill={bill} />
        </>
      ) : null}
    </Stack>
  );
}

async function lead({ next, card }: BillView): Promise<string> {
  const t = await getTranslations("family");
  if (!next) return t("nothing");
  const values = { sum: money(next.sum), date: day(new Date(next.at)) };
  return card ? t("billPage.lead", { ...values, card }) : t("billPage.leadCardless", values);
}

async function WhatFor({ bill }: { bill: BillView }) {
  const [t, lines] = [await getTranslations("family.billPage"), await getTranslations("bill")];
  return (
    <Stack as="section" gap={3} labelledBy="what">
      <h2 id="what">{t("what")}</h2>
      <PriceLines
        lines={[
          {
            label: lines("home", { included: bill.included }),
            sum: money(bill.home),
            note: t("lives", { n: bill.people }),
          },
          {
            label: lines("name", { name: bill.name }),
            sum: money(bill.nameMonth),
            note: t("year", { year: money(bill.nameYear) }),
          },
        ]}
        total={{ label: t("month"), sum: money(bill.month), note: t("tax") }}
      />
    </Stack>
  );
}

async function Ahead({ bill }: { bill: BillView }) {
  const t = await getTranslations("family.billPage");
  const year = money(bill.renewalYear);
  const date = bill.renewsAt ? day(new Date(bill.renewsAt)) : undefined;
  const same = bill.later.minor === bill.month.minor;
  return (
    <Stack as="section" gap={3} labelledBy="ahead">
      <h2 id="ahead">{t("ahead")}</h2>
      <p>
        {date === undefined
          ? t("aheadUndated", { year })
          : same
            ? t("aheadSame", { date, year })
            : t("aheadText", { date, year, sum: money(bill.later) })}
      </p>
    </Stack>
  );
}

async function Paid({ bill }: { bill: BillView }) {
  const t = await getTranslations("family.billPage");
  if (!bill.first) return null;
  const { at, sum, receipt } = bill.first;
  return (
    <Stack as="section" gap={3} labelledBy="past">
      <h2 id="past">{t("past")}</h2>
      <Table
        label={t("table")}
        short
        head={[{ text: t("date") }, { text: t("for") }, { text: t("receipt") }, { text: t("sum"), right: true }]}
        rows={[{ key: "first", cells: [dayOfYear(new Date(at)), t("first"), receipt, money(sum)] }]}
      />
    </Stack>
  );
}
