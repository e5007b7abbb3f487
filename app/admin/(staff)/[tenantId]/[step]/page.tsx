import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { reasonWords } from "@/app/(bought)/start/watch/reason-words.ts";
import { sentenceOf } from "@/app/(bought)/start/watch/step-lines.ts";
import { Facts } from "@/components/facts.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import { type AttemptLine, describeStep, type StepDetail } from "@/lib/staff/describe-step.ts";
import { web } from "@/lib/web.ts";
import { sayer } from "../../../../_frame/say.ts";
import { titled } from "../../../../_frame/titled.ts";
import { Act } from "../../../_parts/act.tsx";
import { Crumbs } from "../../../_parts/family-page.tsx";
import { outcomeOf } from "../../../_parts/family-timeline.tsx";
import { finding } from "../../../_parts/finding.ts";
import { StepChip } from "../../../_parts/looks.tsx";
import { found, staffHere } from "../../../_parts/staff-here.ts";
import { exactTime, shortTime } from "../../../_parts/times.ts";

interface PageProps {
  readonly params: Promise<{ readonly tenantId: string; readonly step: string }>;
}

const detailOf = cache(async (tenantId: string, step: string): Promise<StepDetail> => {
  const { who } = await staffHere();
  return found(describeStep(web().world, who, { tenantId, step }));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenantId, step } = await params;
  const [t, { name }] = [await getTranslations("staff"), await detailOf(tenantId, step)];
  return titled(t("titled", { title: `${step}, ${name}` }));
}

/** One step: what is wrong, since when, what we tried, and what one may press. */
export default async function StepPage({ params }: PageProps) {
  const { tenantId, step } = await params;
  const detail = await detailOf(tenantId, step);
  const t = await getTranslations("staff.detail");
  const { since } = detail.step;
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <Crumbs family={{ path: `/admin/${tenantId}`, name: detail.name }} />
      <div className="row">
        <PageHeading>{step}</PageHeading>
        <StepChip state={detail.step.state} />
        {since ? <span className="muted small">{t("since", { date: shortTime(since) })}</span> : null}
      </div>
      <div className="staffgrid">
        <Stack>
          <Why detail={detail} />
          <Attempts step={step} attempts={detail.attempts} />
          <LastFacts detail={detail} />
          <Findings detail={detail} />
        </Stack>
        <WhatYouCanDo detail={detail} />
      </div>
    </Stack>
  );
}

/** The reason in staff words, and what it means. */
async function Why({ detail }: { detail: StepDetail }) {
  const { step, email } = detail;
  const [t, meaning] = [await getTranslations("staff.detail"), await getTranslations("staff.meaning")];
  const known = step.code ? meaning(step.code, { email: email ?? "" }) : undefined;
  const bad = step.state === "blocked";
  return (
    <Notice
      tone={bad ? "bad" : step.state === "waiting" ? "wait" : step.state === "settled" ? "good" : undefined}
      icon={bad ? "hand" : step.state === "waiting" ? "clock" : step.state === "settled" ? "check" : "info"}
      heading={t("found")}
    >
      <p>{await finding(step)}</p>
      {known ? <p>{known}</p> : null}
      {detail.press ? <p>{(await getTranslations("staff.press"))(detail.press)}</p> : null}
      <Identifiers detail={detail} />
      <CustomerReads detail={detail} />
    </Notice>
  );
}

/** What to name when one asks a vendor, or a colleague. */
async function Identifiers({ detail: { step, number, tenant } }: { detail: StepDetail }) {
  const t = await getTranslations("staff.detail");
  const values = { number: String(number).padStart(4, "0"), tenant: tenant.id };
  const words = step.lookedAt ? t("looked", { ...values, time: exactTime(step.lookedAt) }) : t("notLooked", values);
  return <p className="muted small">{words}</p>;
}

/** Until the home is ready the buyer watches it being made. */
async function CustomerReads({ detail: { watch, step } }: { detail: StepDetail }) {
  const shown = watch?.steps.find((one) => one.name === step.name);
  if (!watch || !shown) return null;
  const [t, say] = [await getTranslations("staff.detail"), await sayer()];
  const { what, doing } = reasonWords(shown, watch, say, web().world.clock.now());
  const held = shown.state === "blocked" || shown.state === "waiting";
  const words = held ? `${what} ${doing}` : say(sentenceOf(shown, watch));
  return <p className="muted small">{t("customerReads", { words })}</p>;
}

async function Attempts({ step, attempts }: { step: string; attempts: readonly AttemptLine[] }) {
  const t = await getTranslations("staff.detail");
  const head = [t("time"), t("call"), t("answer"), t("closed")].map((text) => ({ text }));
  const rows = await Promise.all(
    attempts.map(async (attempt) => ({
      key: attempt.key,
      tone: attempt.outcome === "refused" ? ("bad" as const) : undefined,
      cells: [
        <span key="at" className="nowrap">
          {exactTime(attempt.at)}
        </span>,
        <span key="call">
          {attempt.verb}
          {attempt.once ? (
            <>
              , <b>{t("once")}</b>
            </>
          ) : null}
          : {attempt.summary}
        </span>,
        [await outcomeOf(attempt), ...(attempt.looks > 0 ? [t("looks", { n: attempt.looks })] : [])].join(". "),
        <span key="closed" className="nowrap">
          {attempt.endedAt ? exactTime(attempt.endedAt) : t("open")}
        </span>,
      ],
    })),
  );
  return (
    <Stack as="section" gap={2} labelledBy="attempts">
      <h2 id="attempts">{t("attempts")}</h2>
      {rows.length > 0 ? (
        <Table label={t("attemptsTable", { step })} head={head} rows={rows} card />
      ) : (
        <p className="muted">{t("noAttempts")}</p>
      )}
    </Stack>
  );
}

/** As the engine keeps them, by its own names. */
async function LastFacts({ detail }: { detail: StepDetail }) {
  const t = await getTranslations("staff.detail");
  const facts = Object.entries(detail.step.facts).map(([term, value]) => ({
    term,
    fact: Array.isArray(value) ? value.join(", ") : String(value),
  }));
  if (facts.length === 0) return null;
  return (
    <Stack as="section" gap={2} labelledBy="facts">
      <h2 id="facts">{t("facts")}</h2>
      <div className="card">
        <Facts facts={facts} />
      </div>
    </Stack>
  );
}

async function Findings({ detail }: { detail: StepDetail }) {
  const [t, family] = [await getTranslations("staff.detail"), await getTranslations("staff.family")];
  if (detail.findings.length === 0) return null;
  const head = [t("time"), family("stepState"), family("finding")].map((text) => ({ text }));
  const rows = detail.findings.map((one) => ({
    key: one.key,
    cells: [
      <span key="at" className="nowrap">
        {exactTime(one.at)}
      </span>,
      <StepChip key="state" state={one.state as "settled"} />,
      one.detail ?? "",
    ],
  }));
  return (
    <Stack as="section" gap={2} labelledBy="history">
      <h2 id="history">{t("history")}</h2>
      <Table label={t("historyTable", { step: detail.step.name })} head={head} rows={rows} card />
    </Stack>
  );
}

/** Each button with what it will do, before it is pressed. */
async function WhatYouCanDo({ detail }: { detail: StepDetail }) {
  const [t, acts] = [await getTranslations("staff.detail"), await getTranslations("staff.do")];
  const { tenant, name, step, aside, mayAllow } = detail;
  return (
    <aside className="stack stack--4" aria-label={t("can")}>
      <Stack as="section" gap={3} className="card" labelledBy="can">
        <h2 id="can">{t("can")}</h2>
        {mayAllow ? (
          <>
            <Act act="allow-purchase" subject={tenant.id} name={name} held={step.detail ?? ""} />
            <p className="small muted">{acts("allow-purchaseHint")}</p>
          </>
        ) : null}
        <Act
          act="try-again"
          subject={tenant.id}
          name={name}
          step={step.name}
          aside={aside}
          kind={mayAllow ? "quiet" : "main"}
        />
        <p className="small muted">{acts("try-againHint")}</p>
        <Act act="look" subject={tenant.id} name={name} kind="quiet" />
        <p className="small muted">{acts("lookHint")}</p>
      </Stack>
    </aside>
  );
}
