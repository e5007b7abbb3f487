import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TextPage } from "@/components/text-page.tsx";
import { asksMoney } from "@/lib/billing/prices.ts";
import { freeForm } from "../../_frame/free-form.ts";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("help"))("heading"));

/** The first is asked by those who have just pressed the button. */
const questions = () => [asksMoney() ? "paid" : "pressed", "password", "app", "wrong", "stop", "unkind"] as const;

const report = (chunks: ReactNode) => <Link href="/report">{chunks}</Link>;

export default async function HelpPage() {
  const t = await getTranslations("help");
  return (
    <TextPage
      heading={t("heading")}
      lead={t("lead")}
      sections={questions().map((id) => ({
        id,
        heading: t(`questions.${id}`),
        text: id === "unkind" ? t.rich("questions.unkindText", { report }) : t(freeForm(t, `questions.${id}Text`)),
      }))}
    >
      <p className="measure">{t.rich("write", writeToUs())}</p>
    </TextPage>
  );
}
