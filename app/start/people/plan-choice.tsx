import { getTranslations } from "next-intl/server";
import { type Choice, ChoiceCards } from "@/components/choice-cards.tsx";
import { Notice } from "@/components/notice.tsx";
import type { Bill } from "@/lib/billing/bill.ts";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import type { PlanView } from "@/lib/orders/describe-order.ts";
import { planName, planRoom } from "../../_frame/plan-words.ts";
import { SendAtOnce } from "../../_frame/send-at-once.tsx";
import { money } from "../../_frame/write.ts";

interface PlanChoiceProps {
  readonly plan: PlanView;
  /** What the order is billed by; a plan that is not sold so is by the month. */
  readonly period: Bill["period"];
}

/** Which home it shall be, where more than one has room for those who will live there. */
export async function PlanChoice({ plan: { terms, plans }, period: wanted }: PlanChoiceProps) {
  if (!terms || plans.length < 2 || !asksMoney()) return null;
  const t = await getTranslations("plans");
  const { currency } = terms;
  const choices = await Promise.all(
    plans.map(async (plan): Promise<Choice> => {
      const period = prices().plans[plan]?.[wanted] ? wanted : "month";
      const home = prices().plans[plan]?.[period]?.home[currency];
      return {
        value: plan,
        label: await planName(plan),
        note: await planRoom({ plan, period, currency }),
        sum: home ? money(home) : "",
        per: t("each", { period }),
      };
    }),
  );
  return (
    <>
      <fieldset className="stack stack--3">
        <legend className="legend">{t("legend")}</legend>
        <ChoiceCards id="plan" name="plan" choices={choices} chosen={terms.plan} />
      </fieldset>
      <SendAtOnce choice="plan" act="plan" button={t("button")} />
    </>
  );
}

/** The plan they chose has no room for those they added: which it is instead. */
export async function PlanMoved({ plan: { terms, left }, heads }: { plan: PlanView; heads: number }) {
  if (!terms || left === undefined || !asksMoney()) return null;
  const t = await getTranslations("plans");
  const room = prices().plans[left]?.most ?? 1;
  const words = t("moved", { from: await planName(left), to: await planName(terms.plan), room, n: heads });
  return <Notice tone="brass" icon="info" heading={words} status />;
}
