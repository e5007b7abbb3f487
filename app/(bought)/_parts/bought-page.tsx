import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TopBar } from "@/components/top-bar.tsx";

/** The bar above, with the one link this page offers there. */
export async function BoughtPage({
  link,
  children,
}: {
  link: { readonly href: string; readonly label: string };
  children: ReactNode;
}) {
  const t = await getTranslations("frame");
  return (
    <>
      <TopBar mark={t("mark")}>
        <Link className="top__link" href={link.href} prefetch={false}>
          {link.label}
        </Link>
      </TopBar>
      <main id="main">{children}</main>
    </>
  );
}
