import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { WithdrawalView } from "@/lib/households/describe-withdrawal.ts";
import { titled } from "../../_frame/titled.ts";
import { day } from "../../_frame/write.ts";
import { confirmWithdrawalAction } from "../actions.ts";
import { carried, type Typed, wrongIn } from "../typed.ts";
import { ownWithdrawal } from "../whose.ts";
import { WithdrawalSums } from "../withdrawal-sums.tsx";

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("withdraw"))("confirmHeading"));

/** The second step. Sums and dates of a home are for its payer; everybody else reads the rule. */
export default async function ConfirmPage() {
  const typed = await carried();
  // Loaded again after a minute, or opened by its address.
  if (wrongIn(typed)) redirect("/withdraw");
  const own = await ownWithdrawal(typed.name);
  if (own?.state === "over") return <Over own={own} />;
  if (own && own.state !== "open") redirect(`/home/${own.name}/bill`);
  const t = await getTranslations("withdraw");
  return (
    <Stack>
      <PageHeading>{t("confirmHeading")}</PageHeading>
      <p className="lead">{t("whose", { name: typed.name, mail: typed.email })}</p>
      {own ? <WithdrawalSums sums={own.sums} /> : <Rule />}
      <p>
        {own ? t("closes", { date: day(new Date(own.closes)) }) : t("closesSignedOut")} {t("notYetMoved")}
      </p>
      <Stack as="section" gap={2} className="card" labelledBy="copy">
        <h2 id="copy">{t("copyFirst")}</h2>
        <p>{t("copyText")}</p>
      </Stack>
      <Confirm typed={typed} />
    </Stack>
  );
}

async function Rule() {
  const t = await getTranslations("withdraw");
  const sign = (chunks: ReactNode) => <Link href="/sign-in">{chunks}</Link>;
  return (
    <>
      <p>{t("rule")}</p>
      <p>{t.rich("signedOutSums", { sign })}</p>
    </>
  );
}

async function Confirm({ typed }: { typed: Typed }) {
  const t = await getTranslations("withdraw");
  return (
    <form action={confirmWithdrawalAction}>
      <input type="hidden" name="email" value={typed.email} />
      <input type="hidden" name="name" value={typed.name} />
      <Actions>
        <Button type="submit" kind="danger">
          {t("confirm")}
        </Button>
        <ButtonLink href="/withdraw" kind="quiet">
          {t("back")}
        </ButtonLink>
      </Actions>
    </form>
  );
}

/** Kindly, and with what they can do instead. */
async function Over({ own }: { own: WithdrawalView }) {
  const t = await getTranslations("withdraw");
  return (
    <Stack>
      <PageHeading>{t("overHeading")}</PageHeading>
      <p>{t("overText", { date: day(new Date(own.until)) })}</p>
      <div>
        <ButtonLink href={`/home/${own.name}/bill/stop`}>{t("stopInstead")}</ButtonLink>
      </div>
    </Stack>
  );
}
