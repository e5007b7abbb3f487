import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TextPage } from "@/components/text-page.tsx";
import { asksMoney } from "@/lib/billing/prices.ts";
import { freeForm } from "../../_frame/free-form.ts";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("terms"))("heading"));

const sections = ["name", "home", "pay", "withdraw", "stop", "us", "changes"] as const;
const page = (chunks: ReactNode) => <Link href="/withdraw">{chunks}</Link>;
/** Where nothing costs anything there is none of it. */
const ofMoney: readonly string[] = ["pay", "withdraw"];

export default async function TermsPage() {
  const t = await getTranslations("terms");
  return (
    <TextPage
      heading={t("heading")}
      lead={t("lead")}
      sections={sections
        .filter((id) => asksMoney() || !ofMoney.includes(id))
        .map((id) => ({ id, heading: t(id), text: t.rich(freeForm(t, `${id}Text`), { ...writeToUs(), page }) }))}
    />
  );
}
