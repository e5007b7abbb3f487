import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StaffBar } from "../_parts/staff-bar.tsx";
import { staffHere } from "../_parts/staff-here.ts";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const { staff } = await staffHere();
  const [t, frame] = [await getTranslations("staff"), await getTranslations("frame")];
  return (
    <>
      <StaffBar
        mark={frame("mark")}
        label={t("nav")}
        links={[
          { href: "/admin", label: t("families"), keep: true },
          { href: "/admin/audit", label: t("audit") },
          { href: "/admin/you", label: staff.name, keep: true },
        ]}
      />
      <main id="main">{children}</main>
    </>
  );
}
