import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { HomeTabs } from "../_parts/home-tabs.tsx";
import { anyoneOf } from "../_parts/member.ts";

interface LayoutProps {
  readonly children: ReactNode;
  readonly params: Promise<{ readonly name: string }>;
}

/** Only for whoever runs this home, pays for it or looks after its children; each page asks again. */
export default async function OneHomeLayout({ children, params }: LayoutProps) {
  const { name } = await params;
  const { runs, pays, cares } = await anyoneOf(name);
  const t = await getTranslations("family");
  const path = `/home/${name}`;
  return (
    <>
      <HomeTabs
        label={t("tabs")}
        links={[
          ...(runs || cares ? [{ href: path, label: t("tab.home") }] : []),
          ...(runs || pays ? [{ href: `${path}/bill`, label: t("tab.bill") }] : []),
        ]}
      />
      <main id="main">{children}</main>
    </>
  );
}
