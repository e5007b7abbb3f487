import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { listAlerts } from "@/lib/staff/list-alerts.ts";
import { web } from "@/lib/web.ts";
import { Act } from "../../_parts/act.tsx";
import { AlertTable } from "../../_parts/alert-table.tsx";
import { staffHere } from "../../_parts/staff-here.ts";
import { staffTitle } from "../../_parts/staff-title.ts";

export const generateMetadata = async (): Promise<Metadata> =>
  staffTitle((await getTranslations("staff.alerts"))("title"));

/** Everything that waits for a person of ours, and what was given up. */
export default async function AlertsPage() {
  const { who } = await staffHere();
  const [t, { lines, count, bulk }] = [await getTranslations("staff.alerts"), await listAlerts(web().world, who)];
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <PageHeading>{t("heading", { n: count })}</PageHeading>
      <p className="muted">{t("lead")}</p>
      {bulk.length > 0 ? (
        <div className="row row--tight">
          {bulk.map(({ code, n }) => {
            const many = {
              label: t(`bulk.${code}`, { n }),
              question: t(`bulkAsk.${code}`, { n }),
              text: t("bulkText"),
            };
            return <Act key={code} act="try-dead-again" subject={code} name="" kind="quiet" many={many} />;
          })}
        </div>
      ) : null}
      {lines.length > 0 ? (
        <AlertTable lines={lines} />
      ) : (
        <Empty heading={t("none")}>
          <p>{t("noneText")}</p>
        </Empty>
      )}
    </Stack>
  );
}
