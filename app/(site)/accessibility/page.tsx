import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TextPage } from "@/components/text-page.tsx";
import { freeForm } from "../../_frame/free-form.ts";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("accessibility"))("heading"));

const sections = ["aim", "how", "known", "tell"] as const;

export default async function AccessibilityPage() {
  const t = await getTranslations("accessibility");
  return (
    <TextPage
      heading={t("heading")}
      lead={t("lead")}
      sections={sections.map((id) => ({ id, heading: t(id), text: t.rich(freeForm(t, `${id}Text`), writeToUs()) }))}
    />
  );
}
