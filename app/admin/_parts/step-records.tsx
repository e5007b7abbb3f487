import { getTranslations } from "next-intl/server";
import { Facts } from "@/components/facts.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import type { AttemptLine, StepDetail } from "@/lib/staff/describe-step.ts";
import { outcomeOf } from "./family-timeline.tsx";
import { StepChip } from "./looks.tsx";
import { exactTime } from "./times.ts";

/** What was asked of a vendor for this step, and what came of it. */
export async function StepAttempts({ step, attempts }: { step: string; attempts: readonly AttemptLine[] }) {
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
        <Table label={t("attemptsTable", { step })} head={head} rows={rows} card stack />
      ) : (
        <p className="muted">{t("noAttempts")}</p>
      )}
    </Stack>
  );
}

/** As the engine keeps them, by its own names. */
export async function StepFacts({ detail }: { detail: StepDetail }) {
  const t = await getTranslations("staff.detail");
  const facts = Object.entries(detail.step.facts).flatMap(([term, value]) => {
    const fact = Array.isArray(value) ? value.join(", ") : String(value);
    return fact === "" ? [] : [{ term, fact }];
  });
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

/** How it was found at each change, the newest first. */
export async function StepFindings({ detail }: { detail: StepDetail }) {
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
      <Table label={t("historyTable", { step: detail.step.name })} head={head} rows={rows} card stack />
    </Stack>
  );
}
