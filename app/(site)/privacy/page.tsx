import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TextPage } from "@/components/text-page.tsx";
import { asksMoney } from "@/lib/billing/prices.ts";
import { freeForm } from "../../_frame/free-form.ts";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("privacy"))("heading"));

const sections = ["order", "deed", "pay", "messages", "child", "takenOut", "cookies", "rights"] as const;
/** Where nothing costs anything there is none of it. */
const ofMoney: readonly string[] = ["pay"];

export default async function PrivacyPage() {
  const t = await getTranslations("privacy");
  return (
    <TextPage
      heading={t("heading")}
      lead={t("lead")}
      sections={sections
        .filter((id) => asksMoney() || !ofMoney.includes(id))
        .map((id) => ({ id, heading: t(id), text: t.rich(freeForm(t, `${id}Text`), writeToUs()) }))}
    />
  );
}
