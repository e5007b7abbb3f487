import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TopBar } from "@/components/top-bar.tsx";

/** A set-up card: nothing on it leads away but the wordmark. */
export default async function CardLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("frame");
  return (
    <>
      <TopBar mark={t("mark")} />
      <main id="main">{children}</main>
    </>
  );
}
