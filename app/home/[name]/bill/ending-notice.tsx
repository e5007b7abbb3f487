import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { isZero } from "@/lib/billing/money.ts";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { day, money } from "../../../_frame/write.ts";
import { RefreshSoon } from "../../_parts/refresh-soon.tsx";
import { RestsNotice } from "../../_parts/rests-notice.tsx";
import { EndForm } from "./end-form.tsx";

/** That the bill is about to end, or that it is just being changed. */
export async function EndingNotice({ bill }: { bill: BillView }) {
  const t = await getTranslations("family.billPage");
  const { ending, name } = bill;
  if (ending?.state === "wanted")
    return (
      <Notice tone="brass" icon="clock" heading={t("changing")} status>
        <p>{t("changingText")}</p>
        <RefreshSoon />
      </Notice>
    );
  if (ending?.state === "held")
    return (
      <Notice tone="wait" icon="clock" heading={t("held")}>
        <p>{t("heldText")}</p>
      </Notice>
    );
  if (ending?.state === "over")
    return <RestsNotice name={name} endedAt={ending.at} rests={bill.rests === "ended"} owes={bill.owed !== null} />;
  if (ending?.state !== "stops") return null;
  return (
    <Notice tone="wait" icon="calendar" heading={t("stops", { date: day(new Date(ending.at)) })}>
      <p>{isZero(ending.rest) ? t("stopTextSettled") : t("stopText", { rest: money(ending.rest) })}</p>
      <EndForm name={name} wish="keep">
        <Actions>
          <Button type="submit" small kind="quiet">
            {t("keep")}
          </Button>
          <Link href={`/home/${name}/bill/stop`}>{t("closeToday")}</Link>
        </Actions>
      </EndForm>
    </Notice>
  );
}
