import { getTranslations } from "next-intl/server";
import { Foot } from "@/components/foot.tsx";
import { asksMoney } from "@/lib/billing/prices.ts";

/** Only links to pages that are there. */
export async function SiteFoot() {
  const t = await getTranslations("frame.foot");
  const pages = ["help", "children", "prices", "terms", "withdraw", "privacy", "accessibility"] as const;
  // Where nothing is paid there is nothing to withdraw from.
  const shown = pages.filter((page) => page !== "withdraw" || asksMoney());
  return <Foot line={t("line")} links={shown.map((page) => ({ href: `/${page}`, label: t(page) }))} />;
}
