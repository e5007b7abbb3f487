import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { countAlerts } from "@/lib/staff/list-alerts.ts";
import { countReports } from "@/lib/staff/list-reports.ts";
import { web } from "@/lib/web.ts";
import { StaffBar } from "../_parts/staff-bar.tsx";
import { staffHere } from "../_parts/staff-here.ts";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const { staff, who } = await staffHere();
  const [t, frame] = [await getTranslations("staff"), await getTranslations("frame")];
  const [alerts, reports] = await Promise.all([countAlerts(web().world, who), countReports(web().world, who)]);
  return (
    <>
      <StaffBar
        mark={frame("mark")}
        label={t("nav")}
        links={[
          { href: "/admin", label: t("families"), keep: true },
          { href: "/admin/alerts", label: t("alerts.bar", { n: alerts }), keep: true },
          { href: "/admin/reports", label: t("reports.bar", { n: reports }) },
          { href: "/admin/money", label: t("money") },
          { href: "/admin/audit", label: t("audit") },
          { href: "/admin/you", label: staff.name, keep: true },
        ]}
      />
      <main id="main">{children}</main>
    </>
  );
}
