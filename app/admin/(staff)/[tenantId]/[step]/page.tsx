import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeStep, type StepDetail } from "@/lib/staff/describe-step.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { Crumbs } from "../../../_parts/family-page.tsx";
import { StepChip } from "../../../_parts/looks.tsx";
import { found, staffHere } from "../../../_parts/staff-here.ts";
import { StepActs } from "../../../_parts/step-acts.tsx";
import { StepAttempts, StepFacts, StepFindings } from "../../../_parts/step-records.tsx";
import { StepWhy } from "../../../_parts/step-why.tsx";
import { shortTime } from "../../../_parts/times.ts";

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
      <div className="staffgrid staffgrid--acts">
        <StepWhy detail={detail} />
        <StepActs detail={detail} />
        <Stack>
          <StepAttempts step={step} attempts={detail.attempts} />
          <StepFacts detail={detail} />
          <StepFindings detail={detail} />
        </Stack>
      </div>
    </Stack>
  );
}
