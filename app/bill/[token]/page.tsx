import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Actions, Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { TickField } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { isZero } from "@/lib/billing/money.ts";
import type { OfferedBill, OfferSight } from "@/lib/households/look-at-offer.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { titled } from "../../_frame/titled.ts";
import { day, money } from "../../_frame/write.ts";
import { RefreshSoon } from "../../home/_parts/refresh-soon.tsx";
import { yearWords } from "../../home/[name]/bill/ahead.tsx";
import { WhatFor } from "../../home/[name]/bill/what-for.tsx";
import { one, type Query } from "../../start/_wizard/note.tsx";
import { takeBillAction } from "./actions.ts";
import { offerOf } from "./offer.ts";
import { OfferOver } from "./offer-over.tsx";
import { agreeWords } from "./words.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
  readonly searchParams: Query;
}

async function wrongOf(query: Query): Promise<Wrong | undefined> {
  if (one((await query)["error"]) !== "agree") return undefined;
  const problem = { at: "agree", field: { key: "payBill.box" }, say: { key: "payBill.errors.agree" } };
  return wrongsOf([problem], await sayer())[0];
}

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const [t, sight] = [await getTranslations("payBill"), await offerOf((await params).token)];
  return titled(t("heading", { name: sight.name }), { wrong: (await wrongOf(searchParams)) !== undefined });
}

/** Whoever is asked to pay for a home sees what it costs before anything. Their link is enough; looking uses nothing up. */
export default async function PayBillPage({ params, searchParams }: PageProps) {
  const { token } = await params;
  const [sight, query] = [await offerOf(token), await searchParams];
  if (sight.state !== "works" || !sight.bill) return <OfferOver sight={sight} />;
  if (one(query["given"]) !== "") return <Given />;
  const [t, frame, wrong] = [
    await getTranslations("payBill"),
    await getTranslations("frame"),
    await wrongOf(searchParams),
  ];
  return (
    <Stack gap={5} className="wrap wrap--text page">
      {wrong ? <ErrorSummary heading={frame("problems", { n: 1 })} wrongs={[wrong]} /> : null}
      <Trouble error={one(query["error"])} />
      <Stack gap={2}>
        <PageHeading quiet={wrong !== undefined}>{t("heading", { name: sight.name })}</PageHeading>
        <p className="lead">{t("lead", { payer: sight.payer, given: sight.given })}</p>
      </Stack>
      <WhatFor bill={sight.bill} />
      <Promises bill={sight.bill} />
      <Agree token={token} sight={sight} wrong={wrong} />
    </Stack>
  );
}

/** The only other sentences that the address may name. */
const troubles = ["often", "away", "changed"] as const;

async function Trouble({ error }: { error: string }) {
  const t = await getTranslations("payBill.errors");
  const word = troubles.find((known) => known === error);
  return word ? <Notice tone="wait" icon="info" heading={t(word)} status /> : null;
}

/** When it begins, what the name costs later, and what is owed by whoever stops in the middle of its year. */
async function Promises({ bill }: { bill: OfferedBill }) {
  const t = await getTranslations("payBill");
  const { next, ending, quote } = bill;
  const first = next && t("first", { sum: money(next.sum), date: day(new Date(next.at)), period: quote.period });
  const rest = ending && { date: day(new Date(ending.at)), rest: money(ending.rest) };
  return (
    <Stack as="section" gap={3} labelledBy="know">
      <h2 id="know">{t("know")}</h2>
      <ul className="stack stack--2">
        {first ? <li>{first}</li> : null}
        <li>{await yearWords(bill)}</li>
        {rest ? <li>{isZero(ending.rest) ? t("stopSettled", rest) : t("stop", rest)}</li> : null}
        <li>{t("deed", { name: bill.name })}</li>
      </ul>
    </Stack>
  );
}

async function Agree({ token, sight, wrong }: { token: string; sight: OfferSight; wrong: Wrong | undefined }) {
  const t = await getTranslations("payBill");
  const link = (href: string) => (chunks: ReactNode) => (
    <Link href={href} prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <form className="stack stack--4" action={takeBillAction} noValidate>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="seen" value={sight.seen} />
      <TickField id="agree" name="agree" value="yes" {...(wrong ? { wrong } : {})}>
        {await agreeWords(sight)}
      </TickField>
      <Actions>
        <Button>{t("button")}</Button>
      </Actions>
      <p className="small muted">
        {t.rich("stripe", { terms: link("/terms"), privacy: link("/privacy"), date: day(new Date(sight.until)) })}
      </p>
    </form>
  );
}

/** They come back from the vendor's page, and a worker is about to see the card. */
async function Given() {
  const t = await getTranslations("payBill");
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t("given")}</PageHeading>
      <p className="lead">{t("givenText")}</p>
      <RefreshSoon />
    </Stack>
  );
}
