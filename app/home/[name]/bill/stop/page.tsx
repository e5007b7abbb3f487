import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { isZero } from "@/lib/billing/money.ts";
import { describeBill, type Ending } from "@/lib/households/describe-bill.ts";
import { describeDisputes } from "@/lib/households/describe-disputes.ts";
import { describeWithdrawal } from "@/lib/households/describe-withdrawal.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { day, money } from "../../../../_frame/write.ts";
import { payerOf } from "../../../_parts/member.ts";
import { EndForm } from "../end-form.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.billPage"))("stop"));

/** Asks once more, with what is still to be paid. */
export default async function StopPage({ params }: PageProps) {
  const member = await payerOf((await params).name);
  const [{ ending, name }, { open }, withdrawal] = await Promise.all([
    describeBill(web().world, member),
    describeDisputes(web().world, member),
    describeWithdrawal(web().world, member),
  ]);
  const back = `/home/${name}/bill`;
  if (ending?.state !== "runs" && ending?.state !== "stops") redirect(back);
  const t = await getTranslations("family.billPage");
  const dispute = await getTranslations("family.dispute");
  const date = day(new Date(ending.at));
  return (
    <Stack gap={6} className="wrap wrap--text page">
      {ending.state === "runs" ? (
        <Stack gap={5}>
          <PageHeading>{t("stopQuestion", { date })}</PageHeading>
          <p>{isZero(ending.rest) ? t("stopTextSettled") : t("stopText", { rest: money(ending.rest) })}</p>
          {open ? <p>{dispute("stays")}</p> : null}
          <EndForm name={name} wish="stop">
            <Actions>
              <Button type="submit" kind="danger">
                {t("stopOn", { date })}
              </Button>
              <ButtonLink href={back} kind="quiet">
                {t("keep")}
              </ButtonLink>
            </Actions>
          </EndForm>
        </Stack>
      ) : (
        <PageHeading>{t("stops", { date })}</PageHeading>
      )}
      {/* Within the fourteen days money comes back to whoever withdraws: that is the better way, and the bill's page has it. */}
      {withdrawal?.state === "open" ? null : <CloseToday name={name} ending={ending} />}
    </Stack>
  );
}

async function CloseToday({ name, ending }: { name: string; ending: Ending }) {
  const t = await getTranslations("family.billPage");
  const values = { date: day(new Date(ending.at)), rest: money(ending.restToday) };
  return (
    <Stack gap={4}>
      <h2>{t("closeTodayQuestion")}</h2>
      <p>{isZero(ending.restToday) ? t("closeTodayTextSettled", values) : t("closeTodayText", values)}</p>
      <EndForm name={name} wish="stop-now">
        <Actions>
          <Button type="submit" kind="quiet">
            {t("closeToday")}
          </Button>
        </Actions>
      </EndForm>
    </Stack>
  );
}
