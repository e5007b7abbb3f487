import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";

/** They went to pay with a code that takes all of the first bill (lib/orders/sync-order.ts). */
export async function TurnedAway() {
  const t = await getTranslations("pay");
  return (
    <Notice tone="brass" heading={t("turnedAway")} status>
      <p>{t("turnedAwayText")}</p>
    </Notice>
  );
}
