import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Stack } from "@/components/stack.tsx";
import { listAlerts } from "@/lib/staff/list-alerts.ts";
import { web } from "@/lib/web.ts";
import { AlertTable } from "./alert-table.tsx";
import { staffHere } from "./staff-here.ts";

/** As many as leave room for the list below. */
const shown = 5;

/** The alerts that wait longest, above everything else; of one order all of them. Nothing where there are none. */
export async function OpenAlerts({ orderId }: { orderId?: string }) {
  const { who } = await staffHere();
  const { lines, count } = await listAlerts(web().world, who, orderId === undefined ? { take: shown } : { orderId });
  if (lines.length === 0) return null;
  const t = await getTranslations("staff.alerts");
  const all = (chunks: ReactNode) => (
    <Link href="/admin/alerts" prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <Stack as="section" gap={2} labelledBy="alerts">
      <h2 id="alerts">{t("heading", { n: count })}</h2>
      <AlertTable lines={lines} />
      {count > lines.length ? <p className="small">{t.rich("first", { shown: lines.length, n: count, all })}</p> : null}
    </Stack>
  );
}
