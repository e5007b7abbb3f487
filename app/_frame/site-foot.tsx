import { getTranslations } from "next-intl/server";
import { Foot } from "@/components/foot.tsx";

/** Only links to pages that are there. */
export async function SiteFoot() {
  const t = await getTranslations("frame.foot");
  const pages = ["help", "prices", "terms", "privacy", "accessibility"] as const;
  return <Foot line={t("line")} links={pages.map((page) => ({ href: `/${page}`, label: t(page) }))} />;
}
