import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { prices } from "@/lib/billing/prices.ts";
import { addOnNames } from "./add-on-words.ts";

/** Which add-ons left a bill with the period that was chosen. `ids`: as the address has them, with commas. */
export async function LeftNote({ ids }: { ids: string }) {
  const left = Object.keys(prices().addOns).filter((id) => ids.split(",").includes(id));
  if (left.length === 0) return null;
  const t = await getTranslations("addOns");
  return <Notice tone="brass" icon="info" heading={t("left", await addOnNames(left))} status />;
}
