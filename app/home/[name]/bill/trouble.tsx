import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { day, money } from "../../../_frame/write.ts";
import { OwedNotice } from "../../_parts/owed-notice.tsx";
import { cardAction } from "./actions.ts";

/** What stands in the way of the next payment, the worst of it: a sum that is owed, or a card that is about to end. */
export async function Trouble({ bill, away }: { bill: BillView; away: boolean }) {
  const t = await getTranslations("family.billPage");
  const { owed, card, name, ending } = bill;
  if (away)
    return (
      <Notice tone="bad" icon="triangle-alert" heading={t("away")} status>
        <p>{t("awayText")}</p>
      </Notice>
    );
  if (owed) return <OwedNotice owed={owed} card={card?.label ?? null} rests={bill.rests !== null} />;
  // While a wish of theirs is under way, that comes first.
  if (!card?.endsSoon || !card.endsAt || !bill.next || ending?.state !== "runs") return null;
  return (
    <Notice tone="wait" icon="calendar" heading={t("cardEnds", { card: card.label, date: lastDayOf(card.endsAt) })}>
      <p>{t("cardEndsText", { sum: money(bill.next.sum), date: day(new Date(bill.next.at)) })}</p>
      <form action={cardAction}>
        <input type="hidden" name="home" value={name} />
        <Button type="submit" small>
          {t("otherCard")}
        </Button>
      </form>
    </Notice>
  );
}

/** A card is good until the day before it ends. */
const lastDayOf = (endsAt: string): string => day(new Date(new Date(endsAt).getTime() - 1));
