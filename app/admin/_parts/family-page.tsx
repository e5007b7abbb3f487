import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { SmallPlate } from "@/components/plate.tsx";
import { Stack } from "@/components/stack.tsx";
import type { FamilyView } from "@/lib/staff/describe-family.ts";
import { listReports } from "@/lib/staff/list-reports.ts";
import type { EventFilter } from "@/lib/staff/timeline.ts";
import { web } from "@/lib/web.ts";
import { Act } from "./act.tsx";
import { FamilyFacts } from "./family-facts.tsx";
import { FamilyTimeline } from "./family-timeline.tsx";
import { LeaveCard } from "./leave-card.tsx";
import { FamilyChip } from "./looks.tsx";
import { OpenAlerts } from "./open-alerts.tsx";
import { ReportTable } from "./report-table.tsx";
import { staffHere } from "./staff-here.ts";
import { StepTable } from "./step-table.tsx";
import { shortTime } from "./times.ts";

interface FamilyPageProps {
  readonly family: FamilyView;
  readonly filter: EventFilter;
}

/** A family with its steps and history; or an order that has none. */
export async function FamilyPage({ family, filter }: FamilyPageProps) {
  const { tenant } = family;
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <Crumbs />
      <Head family={family} />
      <WhatIsUp family={family} />
      <OpenAlerts orderId={family.orderId} />
      {tenant ? <FamilyReports tenantId={tenant.id} /> : null}
      {family.leave ? <LeaveCard leave={family.leave} name={family.name ?? ""} /> : null}
      <div className="staffgrid">
        <Stack>
          {tenant ? <StepTable tenantId={tenant.id} name={family.name ?? ""} steps={family.steps} /> : null}
          <FamilyTimeline
            events={family.events}
            filter={filter}
            path={tenant ? `/admin/${tenant.id}` : `/admin/orders/${family.orderId}`}
          />
        </Stack>
        <FamilyFacts family={family} />
      </div>
    </Stack>
  );
}

export async function Crumbs({ family }: { family?: { readonly path: string; readonly name: string } }) {
  const t = await getTranslations("staff");
  return (
    <nav aria-label={t("where")} className="small crumbs">
      <Link href="/admin" prefetch={false}>
        {t("families")}
      </Link>
      {family ? (
        <>
          {" / "}
          <Link href={family.path} prefetch={false}>
            {family.name}
          </Link>
        </>
      ) : null}
    </nav>
  );
}

async function Head({ family }: { family: FamilyView }) {
  const [t, list] = [await getTranslations("staff.family"), await getTranslations("staff.list")];
  const name = family.name ?? list("nameless");
  const code = (chunks: ReactNode) => <span className="code">{chunks}</span>;
  const said = [
    t("ordered", { date: shortTime(family.orderedAt) }),
    ...(family.paidAt ? [t("paid", { date: shortTime(family.paidAt) })] : []),
  ];
  return (
    <div className="row row--between">
      <div className="row">
        <PageHeading>
          <SmallPlate name={name} />
        </PageHeading>
        <FamilyChip state={family.state} />
        <span className="muted small">
          {said.join(" ")} {t.rich("order", { number: String(family.number).padStart(4, "0"), code })}
        </span>
      </div>
      <div className="row row--tight">
        <Act act="sync-payments" subject={family.orderId} name={name} kind="quiet" />
        {family.tenant ? (
          <>
            <Act act="look" subject={family.tenant.id} name={name} kind="quiet" />
            <Act act="try-again" subject={family.tenant.id} name={name} aside={family.aside} />
            {family.nameMissing ? (
              <Act act="say-name-left" subject={family.tenant.id} name={name} kind="quiet" />
            ) : null}
          </>
        ) : null}
      </div>
    </div>
  );
}

async function WhatIsUp({ family }: { family: FamilyView }) {
  const t = await getTranslations("staff.family");
  const states = await getTranslations("staff.state");
  if (family.orderState === "lost")
    return (
      <Notice tone="wait" icon="undo-2" heading={states("lost")}>
        <p>{t("lostText", { reason: family.lostReason ?? "" })}</p>
      </Notice>
    );
  if (!family.tenant)
    return (
      <Notice heading={t("noTenant")}>
        <p>{t("noTenantText", { state: family.orderState })}</p>
      </Notice>
    );
  const lease = family.tenant.lease;
  return lease ? <p className="small muted">{t("working", { holder: lease.holder })}</p> : null;
}

/** What people reported about it. */
async function FamilyReports({ tenantId }: { tenantId: string }) {
  const { who } = await staffHere();
  const lines = await listReports(web().world, who, { tenantId });
  if (lines.length === 0) return null;
  const t = await getTranslations("staff.reports");
  return (
    <Stack as="section" gap={3} labelledBy="reports">
      <h2 id="reports">{t("title")}</h2>
      <ReportTable lines={lines} label={t("table")} />
    </Stack>
  );
}
