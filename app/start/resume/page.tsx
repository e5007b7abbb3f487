import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { carriedTyped } from "../../_frame/flash.ts";
import { titled } from "../../_frame/titled.ts";
import { EmailQuestion, emailWrong } from "../_wizard/email-question.tsx";
import { one, type Query } from "../_wizard/note.tsx";
import { sendLinkAgainAction } from "./actions.ts";

interface PageProps {
  readonly searchParams: Query;
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const t = await getTranslations("save.resume");
  return titled(t("again"), { wrong: (await emailWrong(searchParams)) !== undefined });
}

/** A new link for an order that was saved. */
export default async function AskAgainPage({ searchParams }: PageProps) {
  const [t, wrong] = [await getTranslations("save.resume"), await emailWrong(searchParams)];
  return (
    <div className="wrap wrap--text page">
      <EmailQuestion
        heading={t("again")}
        label={t("email")}
        hint={t("emailHint")}
        value={wrong ? await carriedTyped() : ""}
        wrong={wrong}
        action={sendLinkAgainAction}
      >
        {one((await searchParams)["sent"]) ? (
          <Notice tone="good" icon="circle-check" heading={t("maybeSent")} status />
        ) : null}
      </EmailQuestion>
    </div>
  );
}
