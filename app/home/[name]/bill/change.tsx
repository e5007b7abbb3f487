import { getTranslations } from "next-intl/server";
import { TextButton, TextLink } from "@/components/button.tsx";
import { Stack } from "@/components/stack.tsx";
import { addOnsSold } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import type { BillView } from "@/lib/households/describe-bill.ts";
import type { TurnView } from "@/lib/households/describe-turn.ts";
import type { WithdrawalView } from "@/lib/households/describe-withdrawal.ts";
import { addOnNames } from "../../../_frame/add-on-words.ts";
import { day } from "../../../_frame/write.ts";
import { choosePeriodAction } from "../change/actions.ts";
import { cardAction } from "./actions.ts";

/** Who lives there, in which plan where there are several, and by which period where it is sold by both. */
async function Terms({ bill: { name, quote }, turn, runs }: Omit<ChangeProps, "withdrawal">) {
  const t = await getTranslations("family.terms");
  const beside = quote.addOns.length + addOnsSold(quote).length > 0;
  const several = Object.keys(prices().plans).length > 1;
  return (
    <>
      {runs ? (
        <li>
          <TextLink href={`/home/${name}/people/add`}>{t("add")}</TextLink>
        </li>
      ) : null}
      {several ? (
        <li>
          <TextLink href={`/home/${name}/bill/plan`}>{t("planHeading")}</TextLink>
        </li>
      ) : null}
      {beside ? (
        <li>
          <TextLink href={`/home/${name}/bill/add-ons`}>{t("addOnsHeading")}</TextLink>
        </li>
      ) : null}
      {turn.notWith.length > 0 ? (
        <li className="small muted">
          {t("turnNotWith", { ...(await addOnNames(turn.notWith)), period: turn.now === "month" ? "year" : "month" })}
        </li>
      ) : null}
      {turn.other && !turn.wanted ? (
        <li>
          <form action={choosePeriodAction}>
            <input type="hidden" name="home" value={name} />
            <input type="hidden" name="period" value={turn.other} />
            <TextButton type="submit">{t("turnTo", { period: turn.other })}</TextButton>
          </form>
        </li>
      ) : null}
    </>
  );
}

/** Whoever withdrew has nothing to stop. */
const mayStop: readonly WithdrawalView["state"][] = ["open", "over"];

interface ChangeProps {
  readonly bill: BillView;
  readonly withdrawal: WithdrawalView | undefined;
  readonly turn: TurnView;
  /** Whoever only pays for the home does not say who lives there. */
  readonly runs: boolean;
}

/** Everything that can be done with the bill, none of it further away than the next page. */
export async function Change({ bill, withdrawal, turn, runs }: ChangeProps) {
  const [t, withdraw] = [await getTranslations("family.billPage"), await getTranslations("withdraw")];
  return (
    <Stack as="section" gap={2} className="card" labelledBy="change">
      <h2 id="change">{t("change")}</h2>
      <ul className="stack stack--1">
        <li>
          <form action={cardAction}>
            <input type="hidden" name="home" value={bill.name} />
            <TextButton type="submit">{t("otherCard")}</TextButton>
          </form>
        </li>
        {bill.ending?.state === "runs" ? <Terms bill={bill} turn={turn} runs={runs} /> : null}
        {bill.ending?.state === "runs" && (!withdrawal || mayStop.includes(withdrawal.state)) ? (
          <li>
            <TextLink href={`/home/${bill.name}/bill/stop`}>{t("stop")}</TextLink>
          </li>
        ) : null}
        {withdrawal?.state === "open" ? (
          <li>
            <TextLink href={`/withdraw?home=${bill.name}`}>{withdraw("go")}</TextLink>
            <p className="small muted">{withdraw("until", { date: day(new Date(withdrawal.until)) })}</p>
          </li>
        ) : null}
      </ul>
    </Stack>
  );
}
