import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import type { StaffStep } from "@/lib/staff/tenant-facts.ts";
import { finding } from "./finding.ts";
import { edgeOf, StepChip } from "./looks.tsx";
import { shortTime } from "./times.ts";

interface StepTableProps {
  readonly tenantId: string;
  readonly name: string;
  readonly steps: readonly StaffStep[];
}

export async function StepTable({ tenantId, name, steps }: StepTableProps) {
  const t = await getTranslations("staff.family");
  const head = [t("step"), t("stepState"), t("finding"), t("looked"), t("next")].map((text) => ({ text }));
  const rows = await Promise.all(
    steps.map(async (step) => ({
      key: step.name,
      tone: edgeOf(step.state),
      cells: [
        <Link key="step" href={`/admin/${tenantId}/${step.name}`} prefetch={false}>
          {step.name}
        </Link>,
        <StepChip key="state" state={step.state} />,
        await finding(step),
        <span key="looked" className="nowrap">
          {step.lookedAt ? shortTime(step.lookedAt) : t("notLooked")}
        </span>,
        <span key="next" className="nowrap">
          {step.checkAt ? shortTime(step.checkAt) : step.state === "blocked" ? t("person") : ""}
        </span>,
      ],
    })),
  );
  return (
    <Stack as="section" gap={2} labelledBy="steps">
      <h2 id="steps">{t("steps")}</h2>
      <Table label={t("stepsTable", { name })} head={head} rows={rows} card />
    </Stack>
  );
}
