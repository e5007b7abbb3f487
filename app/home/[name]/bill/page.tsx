import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type BillView, describeBill } from "@/lib/households/describe-bill.ts";
import { describeDisputes } from "@/lib/households/describe-disputes.ts";
import { describeHeldRefund } from "@/lib/households/describe-held-refund.ts";
import { describePayer } from "@/lib/households/describe-payer.ts";
import { describeTurn } from "@/lib/households/describe-turn.ts";
import { describeWithdrawal, type WithdrawalView } from "@/lib/households/describe-withdrawal.ts";
import { openTerms } from "@/lib/households/open-terms.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../_frame/titled.ts";
import { day, money } from "../../../_frame/write.ts";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { partnerOf } from "../../_parts/member.ts";
import { WhyBack } from "../../_parts/not-now.tsx";
import { Ahead } from "./ahead.tsx";
import { Change } from "./change.tsx";
import { DisputeNotice } from "./dispute-notice.tsx";
import { EndingNotice } from "./ending-notice.tsx";
import { HeldRefundNotice } from "./held-refund-notice.tsx";
import { NameLeftNotice } from "./name-left-notice.tsx";
import { Paid } from "./paid.tsx";
import { TermsNotice } from "./terms-notice.tsx";
import { Trouble } from "./trouble.tsx";
import { TurnNotice } from "./turn-notice.tsx";
import { WhatFor } from "./what-for.tsx";
import { PaidByOther, TooLate, WhoPays } from "./who-pays.tsx";
import { WithdrawalNotice } from "./withdrawal-notice.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.billPage"))("heading"));

/** What they pay for, what changes, what was paid, and everything that can be changed. */
export default async function BillPage({ params, searchParams }: PageProps) {
  const member = await partnerOf((await params).name);
  const payer = await describePayer(web().world, member);
  if (payer && !payer.pays) return <PaidByOther payer={payer} />;
  // First: side by side a bill of before a change could stand beside the word that the change is done, and nothing would renew it.
  const terms = await openTerms(web().world, member);
  const [bill, disputes, held, withdrawal, turn] = await Promise.all([
    describeBill(web().world, member),
    describeDisputes(web().world, member),
    describeHeldRefund(web().world, member),
    // Whoever bought it withdraws.
    member.runs ? describeWithdrawal(web().world, member) : undefined,
    describeTurn(web().world, member),
  ]);
  const [t, error] = [await getTranslations("family.billPage"), one((await searchParams)["error"])];
  const over = bill.ending?.state === "over";
  // They withdrew, and the copy of the bill does not show its end yet.
  const leaving = withdrawal && !over && isLeaving(withdrawal) ? withdrawal : undefined;
  return (
    <Stack gap={6} className="wrap page">
      <Stack gap={2}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="lead">{(await leadLeaving(leaving)) ?? (await lead(bill))}</p>
      </Stack>
      <Trouble bill={bill} away={error === "away"} />
      {disputes.open ? <DisputeNotice name={bill.name} open={disputes.open} /> : null}
      {held ? <HeldRefundNotice held={held} /> : null}
      {withdrawal ? <WithdrawalNotice withdrawal={withdrawal} /> : null}
      <EndingNotice bill={bill} />
      {bill.nameLeft && bill.next && !leaving ? <NameLeftNotice bill={bill} /> : null}
      <TermsNotice state={terms} />
      {error === "tooLate" ? <TooLate /> : null}
      <WhyBack error={error} />
      {bill.next && !leaving ? <TurnNotice name={bill.name} turn={turn} /> : null}
      {bill.past.length > 0 ? (
        <div className="beside beside--wide">
          <Stack gap={6}>
            {over || leaving ? null : <WhatFor bill={bill} />}
            {bill.next && !leaving && !bill.nameLeft ? <Ahead bill={bill} /> : null}
            <Paid bill={bill} taken={disputes.taken} />
          </Stack>
          {bill.ending && !over ? (
            <aside className="stack stack--5" aria-label={t("changes")}>
              {payer && !leaving ? <WhoPays payer={payer} card={bill.card} /> : null}
              <Change bill={bill} withdrawal={withdrawal} turn={turn} runs={member.runs} />
            </aside>
          ) : null}
        </div>
      ) : null}
    </Stack>
  );
}

const isLeaving = ({ state }: WithdrawalView): boolean => state !== "open" && state !== "over";

async function leadLeaving(leaving: WithdrawalView | undefined): Promise<string | undefined> {
  const t = await getTranslations("withdraw");
  return leaving && t("closes", { date: day(new Date(leaving.closes)) });
}

async function lead({ next, card, ending, past, left }: BillView): Promise<string> {
  const t = await getTranslations("family");
  if (past.length === 0) return t("nothing");
  const date = day(new Date(next?.at ?? ending?.at ?? 0));
  if (ending?.state === "over")
    return left ? t("billPage.leadOverLast", { date, sum: money(left) }) : t("billPage.leadOver", { date });
  if (!next) return left ? t("billPage.leadLast", { date, sum: money(left) }) : t("billPage.leadNothing");
  const values = { sum: money(next.sum), date };
  return card ? t("billPage.lead", { ...values, card: card.label }) : t("billPage.leadCardless", values);
}
