import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Table } from "@/components/table.tsx";
import type { AlertLine } from "@/lib/staff/list-alerts.ts";
import { Act } from "./act.tsx";
import { alertWords } from "./alert-words.ts";
import { familyPath } from "./family-table.tsx";
import { sinceTime } from "./times.ts";
import { SettlePayment, UnknownPayment } from "./unknown-payment.tsx";

/** What waits for a person: whose it is, what, since when, and the way there. */
export async function AlertTable({ lines }: { lines: readonly AlertLine[] }) {
  const t = await getTranslations("staff.alerts");
  const acts = lines.some((line) => line.mayTryAgain || line.payment || line.warningId || line.code === "name-unknown");
  const head = [t("family"), t("what"), t("since"), t("finding"), ...(acts ? [t("act")] : [])];
  const rows = await Promise.all(
    lines.map(async (line) => ({
      key: line.id,
      tone: "bad" as const,
      cells: [
        <Family key="family" line={line} />,
        <What key="what" line={line} />,
        <span key="since" className="nowrap">
          {sinceTime(line.since)}
        </span>,
        line.payment ? <UnknownPayment key="finding" payment={line.payment} /> : (line.detail ?? ""),
        ...(acts ? [<Acts key="act" line={line} />] : []),
      ],
    })),
  );
  return <Table label={t("table")} head={head.map((text) => ({ text }))} rows={rows} card stack />;
}

async function Family({ line }: { line: AlertLine }) {
  const { tenantId, orderId, name } = line;
  const [t, list] = [await getTranslations("staff.alerts"), await getTranslations("staff.list")];
  if (!tenantId && !orderId) return name ? <span className="name">{name}</span> : t("nobody");
  return (
    <Link className="name" href={familyPath({ tenantId, orderId: orderId ?? "" })} prefetch={false}>
      {name ?? list("nameless")}
    </Link>
  );
}

async function What({ line }: { line: AlertLine }) {
  const words = await alertWords(line);
  if (line.reportId)
    return (
      <Link href={`/admin/reports/${line.reportId}`} prefetch={false}>
        {words}
      </Link>
    );
  // Of money that no order knows there is no page: it is answered at the vendor's.
  if (line.disputeId && line.orderId)
    return (
      <Link href={`/admin/disputes/${line.disputeId}`} prefetch={false}>
        {words}
      </Link>
    );
  if (!line.step || !line.tenantId) return words;
  return (
    <Link href={`/admin/${line.tenantId}/${line.step}`} prefetch={false}>
      {words}
    </Link>
  );
}

function Acts({ line }: { line: AlertLine }) {
  if (line.payment) return <SettlePayment payment={line.payment} />;
  if (line.code === "name-unknown")
    return <Act act="settle-name" subject={line.name ?? ""} name={line.name ?? ""} kind="quiet" />;
  if (line.warningId && line.orderId)
    return <Act act="refund-warned" subject={line.warningId} name={line.name ?? ""} kind="quiet" />;
  if (!line.mayTryAgain) return null;
  return <Act act="try-dead-again" subject={line.id} name={line.name ?? ""} kind="quiet" />;
}
