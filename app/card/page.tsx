import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { titled } from "../_frame/titled.ts";
import { CodeForm } from "./code-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("card.code"))("heading"));

/** For those who cannot scan the square: the letters under it, typed by hand. */
export default async function CodePage() {
  const [t, frame] = [await getTranslations("card.code"), await getTranslations("frame")];
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <CodeForm
        words={{
          label: t("field"),
          hint: t("hint"),
          button: t("button"),
          problem: frame("problems", { n: 1 }),
          errorTitle: frame("errorTitle", { title: frame("titled", { title: t("heading") }) }),
        }}
      >
        <Stack gap={3}>
          <PageHeading>{t("heading")}</PageHeading>
          <p className="lead">{t("lead")}</p>
        </Stack>
      </CodeForm>
    </Stack>
  );
}
