import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TextPage } from "@/components/text-page.tsx";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("privacy"))("heading"));

const sections = ["order", "deed", "pay", "messages", "cookies", "rights"] as const;

export default async function PrivacyPage() {
  const t = await getTranslations("privacy");
  return (
    <TextPage
      heading={t("heading")}
      lead={t("lead")}
      sections={sections.map((id) => ({ id, heading: t(id), text: t.rich(`${id}Text`, writeToUs()) }))}
    />
  );
}
