import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TopBar } from "@/components/top-bar.tsx";
import { SiteFoot } from "../_frame/site-foot.tsx";

export default async function SiteLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("frame");
  const links = [
    { href: "/#how", label: t("menu.how") },
    { href: "/prices", label: t("menu.prices") },
    { href: "/#questions", label: t("menu.questions") },
    { href: "/sign-in", label: t("menu.signIn"), keep: true },
  ];
  return (
    <>
      <TopBar mark={t("mark")} menu={{ label: t("mainMenu"), links }} />
      <main id="main">{children}</main>
      <SiteFoot />
    </>
  );
}
