import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

/** A page's title as the browser shows it: "Error: " before it when something is wrong, the step of the wizard after it. */
export async function titled(
  title: string,
  { wrong = false, step }: { wrong?: boolean; step?: number } = {},
): Promise<Metadata> {
  const t = await getTranslations("frame");
  const whole = t("titled", { title: step === undefined ? title : t("titledStep", { title, n: step }) });
  return { title: wrong ? t("errorTitle", { title: whole }) : whole };
}
