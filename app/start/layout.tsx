import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TopBar } from "@/components/top-bar.tsx";
import { SiteFoot } from "../_frame/site-foot.tsx";

/** The wizard: the wordmark and one way to stop, nothing else to press. */
export default async function WizardLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations();
  return (
    <>
      <TopBar mark={t("frame.mark")}>
        <Link className="top__link" href="/start/save" prefetch={false}>
          {t("order.saveLater")}
        </Link>
      </TopBar>
      <main id="main">{children}</main>
      <SiteFoot />
    </>
  );
}
