import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TopBar } from "@/components/top-bar.tsx";
import { SiteFoot } from "./site-foot.tsx";

/** The frame of a page that belongs to no part of the house: the wordmark above, the foot below. */
export async function BarePage({ children }: { children: ReactNode }) {
  const t = await getTranslations("frame");
  return (
    <>
      <TopBar mark={t("mark")} />
      <main id="main">{children}</main>
      <SiteFoot />
    </>
  );
}
