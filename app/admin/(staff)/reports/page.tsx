import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { listReports } from "@/lib/staff/list-reports.ts";
import { web } from "@/lib/web.ts";
import { ReportTable } from "../../_parts/report-table.tsx";
import { staffHere } from "../../_parts/staff-here.ts";
import { staffTitle } from "../../_parts/staff-title.ts";

export const generateMetadata = async (): Promise<Metadata> =>
  staffTitle((await getTranslations("staff.reports"))("title"));

/** What people reported: what is due first stands first. */
export default async function ReportsPage() {
  const { who } = await staffHere();
  const [t, lines] = [await getTranslations("staff.reports"), await listReports(web().world, who)];
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <PageHeading>{t("title")}</PageHeading>
      <p className="muted">{t("lead")}</p>
      {lines.length > 0 ? (
        <ReportTable lines={lines} label={t("table")} />
      ) : (
        <Empty heading={t("none")}>
          <p>{t("noneText")}</p>
        </Empty>
      )}
    </Stack>
  );
}
