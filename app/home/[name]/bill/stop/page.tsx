import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { isZero } from "@/lib/billing/money.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { day, money } from "../../../../_frame/write.ts";
import { memberOf } from "../../../_parts/member.ts";
import { endAction } from "../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.billPage"))("stop"));

/** Asks once more, with what is still to be paid. */
export default async function StopPage({ params }: PageProps) {
  const { ending, name } = await describeBill(web().world, await memberOf((await params).name));
  const back = `/home/${name}/bill`;
  if (ending?.state !== "runs") redirect(back);
  const t = await getTranslations("family.billPage");
  const date = day(new Date(ending.at));
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("stopQuestion", { date })}</PageHeading>
      <p>{isZero(ending.rest) ? t("stopTextSettled") : t("stopText", { rest: money(ending.rest) })}</p>
      <form action={endAction}>
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="end" value="stop" />
        <Actions>
          <Button type="submit" kind="danger">
            {t("stopOn", { date })}
          </Button>
          <ButtonLink href={back} kind="quiet">
            {t("keep")}
          </ButtonLink>
        </Actions>
      </form>
    </Stack>
  );
}
