import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { isZero } from "@/lib/billing/money.ts";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { day } from "../../../_frame/write.ts";

/** Until when a name that is looked after elsewhere is still on the bill; nothing once it is not. */
export async function NameLeftNotice({ bill: { ahead } }: { bill: BillView }) {
  if (!ahead || isZero(ahead.now.year)) return null;
  const t = await getTranslations("family.billPage");
  return (
    <Notice tone="brass" icon="info" heading={t("nameLeftHeading")}>
      <p>{t("nameLeft", { date: day(ahead.beginsAt) })}</p>
    </Notice>
  );
}
