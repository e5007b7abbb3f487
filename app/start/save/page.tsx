import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { carriedTyped } from "../../_frame/flash.ts";
import { titled } from "../../_frame/titled.ts";
import { currentOrder, watchPage } from "../_wizard/current-order.ts";
import { EmailQuestion, emailWrong } from "../_wizard/email-question.tsx";
import { one, type Query } from "../_wizard/note.tsx";
import { saveForLaterAction } from "./actions.ts";

interface PageProps {
  readonly searchParams: Query;
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const t = await getTranslations("save");
  return titled(t("heading"), { wrong: (await emailWrong(searchParams)) !== undefined });
}

/** "Save and finish later": the order stays in this browser anyway; a link opens it in another. */
export default async function SavePage({ searchParams }: PageProps) {
  const order = await currentOrder();
  if (order?.state === "closed") redirect(watchPage);
  const sent = one((await searchParams)["sent"]) !== "";
  return (
    <div className="wrap wrap--text page">
      {order === undefined ? (
        <Nothing />
      ) : sent && order.email ? (
        <Sent mail={order.email} />
      ) : (
        <Ask mail={order.email} searchParams={searchParams} />
      )}
    </div>
  );
}

async function Ask({ mail, searchParams }: PageProps & { mail: string | null }) {
  const [t, order] = [await getTranslations("save"), await getTranslations("order")];
  const wrong = await emailWrong(searchParams);
  return (
    <EmailQuestion
      heading={t("heading")}
      label={t("question")}
      hint={t("hint")}
      value={wrong ? await carriedTyped() : (mail ?? "")}
      wrong={wrong}
      action={saveForLaterAction}
      otherwise={<a href="/start">{t("goOn")}</a>}
    >
      <p className="muted">{order("saveText")}</p>
    </EmailQuestion>
  );
}

async function Sent({ mail }: { mail: string }) {
  const t = await getTranslations("save");
  return (
    <Stack>
      <PageHeading>{t("sentHeading")}</PageHeading>
      <Notice tone="good" icon="circle-check" heading={t("sent", { mail })} status />
      <Actions>
        <ButtonLink kind="quiet" href="/start">
          {t("goOn")}
        </ButtonLink>
      </Actions>
    </Stack>
  );
}

async function Nothing() {
  const t = await getTranslations("save");
  return (
    <Stack>
      <PageHeading>{t("heading")}</PageHeading>
      <p className="lead">{t("nothing")}</p>
      <Actions>
        <ButtonLink href="/start/name">{t("resume.begin")}</ButtonLink>
        <a href="/start/resume">{t("resume.again")}</a>
      </Actions>
    </Stack>
  );
}
