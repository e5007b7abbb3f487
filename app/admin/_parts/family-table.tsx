import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Table } from "@/components/table.tsx";
import type { FamilyLine } from "@/lib/staff/list-families.ts";
import { money } from "../../_frame/write.ts";
import { edgeOf, FamilyChip } from "./looks.tsx";
import { shortTime, sinceTime } from "./times.ts";

export const familyPath = ({ tenantId, orderId }: Pick<FamilyLine, "tenantId" | "orderId">): string =>
  tenantId ? `/admin/${tenantId}` : `/admin/orders/${orderId}`;

export async function FamilyTable({ lines }: { lines: readonly FamilyLine[] }) {
  const t = await getTranslations("staff.list");
  const head = [
    { text: t("name") },
    { text: t("owner") },
    { text: t("state") },
    { text: t("step") },
    { text: t("since") },
    { text: t("bill"), right: true },
    { text: t("last") },
  ];
  const rows = lines.map((line) => ({
    key: line.orderId,
    tone: edgeOf(line.state),
    cells: [
      <Link key="name" className="name" href={familyPath(line)} prefetch={false}>
        {line.name ?? t("nameless")}
      </Link>,
      <Owner key="owner" line={line} />,
      <FamilyChip key="state" state={line.state} />,
      line.step,
      <span key="since" className="nowrap">
        {sinceTime(line.since)}
      </span>,
      line.bill ? t("each", { sum: money(line.bill.sum), period: line.bill.period }) : "",
      shortened(line.detail) ?? (line.lookedAt ? t("seen", { time: shortTime(line.lookedAt) }) : ""),
    ],
  }));
  return <Table label={t("table")} head={head} rows={rows} card />;
}

/** As much of a finding as a row can hold; the whole of it is on the family's page. */
const mostLetters = 70;
const shortened = (detail: string | null): string | null =>
  detail && detail.length > mostLetters ? `${detail.slice(0, mostLetters).trimEnd()}…` : detail;

function Owner({ line }: { line: FamilyLine }) {
  return (
    <>
      {line.owner}
      {line.email ? (
        <>
          <br />
          <span className="muted small">{line.email}</span>
        </>
      ) : null}
    </>
  );
}
