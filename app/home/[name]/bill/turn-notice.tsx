import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import type { TurnView } from "@/lib/households/describe-turn.ts";
import { day, money } from "../../../_frame/write.ts";
import { choosePeriodAction } from "../change/actions.ts";

/** That another period is wanted, and a way to stay with the one of now. */
export async function TurnNotice({ name, turn: { now, other, wanted } }: { name: string; turn: TurnView }) {
  if (!wanted || !other) return null;
  const t = await getTranslations("family.terms");
  return (
    <Notice
      tone="brass"
      icon="calendar"
      heading={t("turns", { period: other, date: day(new Date(wanted.at)), sum: money(wanted.sum) })}
    >
      <p>{t("turnsText")}</p>
      <form action={choosePeriodAction}>
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="period" value={now} />
        <Button type="submit" small kind="quiet">
          {t("stay", { period: now })}
        </Button>
      </form>
    </Notice>
  );
}
