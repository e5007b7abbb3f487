import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TopBar } from "@/components/top-bar.tsx";
import { SiteFoot } from "../_frame/site-foot.tsx";
import { SignOut } from "../_session/sign-out.tsx";

/** The family's own pages. */
export default async function HomeLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("frame");
  return (
    <>
      <TopBar mark={t("mark")} home="/home">
        <SignOut />
      </TopBar>
      {children}
      <SiteFoot />
    </>
  );
}
