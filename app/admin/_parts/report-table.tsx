import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Table } from "@/components/table.tsx";
import type { ReportLine } from "@/lib/staff/list-reports.ts";
import { web } from "@/lib/web.ts";
import { dayAndTime } from "./times.ts";

const hour = 3_600_000;

/** How long is left, or by how much it is late; nothing once it was answered. */
export async function clockOf({ dueAt }: Pick<ReportLine, "dueAt">): Promise<string> {
  if (!dueAt) return "";
  const t = await getTranslations("staff.reports");
  const left = new Date(dueAt).getTime() - web().world.clock.now().getTime();
  return t(left > 0 ? "due" : "late", { hours: Math.floor(Math.abs(left) / hour) });
}

/** Cases with their clock. */
export async function ReportTable({ lines, label }: { lines: readonly ReportLine[]; label: string }) {
  const t = await getTranslations("staff.reports");
  const head = [t("case"), t("about"), t("what"), t("clock"), t("came")];
  const now = web().world.clock.now();
  const rows = await Promise.all(
    lines.map(async (line) => {
      const { id, number, about, kind, at, dueAt, decision } = line;
      const late = dueAt !== null && new Date(dueAt) <= now;
      return {
        key: id,
        ...(dueAt ? { tone: late ? ("bad" as const) : ("wait" as const) } : {}),
        cells: [
          <Link key="case" href={`/admin/reports/${id}`} prefetch={false}>
            {t("heading", { number })}
          </Link>,
          <span key="about" className="name">
            {about}
          </span>,
          t(`kinds.${kind}`),
          dueAt || !decision ? await clockOf(line) : t(`decision.${decision}`),
          <span key="came" className="nowrap">
            {dayAndTime(at)}
          </span>,
        ],
      };
    }),
  );
  return <Table label={label} head={head.map((text) => ({ text }))} rows={rows} card stack />;
}
