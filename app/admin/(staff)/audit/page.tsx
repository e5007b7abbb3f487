import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import { type AuditLine, listAudit, mostAudit } from "@/lib/staff/list-audit.ts";
import { web } from "@/lib/web.ts";
import { sayer } from "../../../_frame/say.ts";
import { familyPath } from "../../_parts/family-table.tsx";
import { inWords } from "../../_parts/in-words.ts";
import { staffHere } from "../../_parts/staff-here.ts";
import { staffTitle } from "../../_parts/staff-title.ts";
import { exactTime } from "../../_parts/times.ts";

export const generateMetadata = async (): Promise<Metadata> => staffTitle((await getTranslations("staff"))("audit"));

/** What staff did, and why. */
export default async function AuditPage() {
  const { who } = await staffHere();
  const [t, lines] = [await getTranslations("staff.auditPage"), await listAudit(web().world, who)];
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <PageHeading>{t("heading")}</PageHeading>
      <p className="muted">{t("lead", { n: mostAudit })}</p>
      {lines.length > 0 ? (
        <Lines lines={lines} />
      ) : (
        <Empty heading={t("none")}>
          <p>{t("noneText")}</p>
        </Empty>
      )}
    </Stack>
  );
}

async function Lines({ lines }: { lines: readonly AuditLine[] }) {
  const [t, acts, say] = [await getTranslations("staff.auditPage"), await getTranslations("staff.acts"), await sayer()];
  const head = [t("time"), t("who"), t("act"), t("subject"), t("reason"), t("outcome")].map((text) => ({ text }));
  const rows = lines.map((line) => ({
    key: line.id,
    cells: [
      <span key="at" className="nowrap">
        {exactTime(line.at)}
      </span>,
      line.name ?? t("command"),
      acts(line.act as "look"),
      <Subject key="subject" line={line} />,
      line.reason,
      inWords(say, line.outcome),
    ],
  }));
  return <Table label={t("table")} head={head} rows={rows} card />;
}

function Subject({ line: { tenantId, orderId, about, subject } }: { line: AuditLine }) {
  if (!tenantId && !orderId) return about ?? subject;
  return (
    <Link className="name" href={familyPath({ tenantId, orderId: orderId ?? "" })} prefetch={false}>
      {about ?? subject}
    </Link>
  );
}
