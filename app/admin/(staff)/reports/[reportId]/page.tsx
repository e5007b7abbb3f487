import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeReport, type ReportView } from "@/lib/staff/list-reports.ts";
import { web } from "@/lib/web.ts";
import { Act } from "../../../_parts/act.tsx";
import { Crumbs } from "../../../_parts/family-page.tsx";
import { ReportCase, ReportFacts } from "../../../_parts/report-case.tsx";
import { clockOf, ReportTable } from "../../../_parts/report-table.tsx";
import { found, staffHere } from "../../../_parts/staff-here.ts";
import { staffTitle } from "../../../_parts/staff-title.ts";

interface PageProps {
  readonly params: Promise<{ readonly reportId: string }>;
}

const reportOf = cache(async (reportId: string): Promise<ReportView> => {
  const { who } = await staffHere();
  return found(describeReport(web().world, who, reportId));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { number } = await reportOf((await params).reportId);
  return staffTitle((await getTranslations("staff.reports"))("heading", { number }));
}

/** One case: what was said, what we know, and the answers there are. */
export default async function ReportPage({ params }: PageProps) {
  const report = await reportOf((await params).reportId);
  const t = await getTranslations("staff.reports");
  const { number, home, earlier } = report;
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <Crumbs {...(home ? { family: { path: `/admin/${home.tenantId}`, name: home.name } } : {})} />
      <div className="row">
        <PageHeading>{t("heading", { number })}</PageHeading>
        <span className="muted">{await clockOf(report)}</span>
      </div>
      <div className="staffgrid">
        <Stack>
          <ReportCase report={report} />
          {earlier.length > 0 ? (
            <Stack as="section" gap={3} labelledBy="earlier">
              <h2 id="earlier">{t("earlier")}</h2>
              <ReportTable lines={earlier} label={t("earlier")} />
            </Stack>
          ) : null}
        </Stack>
        <aside className="stack stack--4" aria-label={t("can")}>
          <Can report={report} />
          <ReportFacts report={report} />
        </aside>
      </div>
    </Stack>
  );
}

async function Can({ report: { id, about, dueAt, person } }: { report: ReportView }) {
  const t = await getTranslations("staff.reports");
  if (!dueAt && !person?.barred) return null;
  return (
    <Stack as="section" gap={3} className="card" labelledBy="can">
      <h2 id="can">{t("can")}</h2>
      {dueAt ? (
        <>
          {person ? <Act act="report-page-off" subject={id} name={person.page} /> : null}
          <Act act="report-passed-on" subject={id} name={about} kind="quiet" />
          <Act act="report-nothing" subject={id} name={about} kind="quiet" />
        </>
      ) : null}
      {person?.barred ? <Act act="report-let-on" subject={id} name={person.page} kind="quiet" /> : null}
    </Stack>
  );
}
