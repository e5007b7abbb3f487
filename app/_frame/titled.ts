import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

/** A page's title as the browser shows it; with errors it begins with the word. */
export async function titled(title: string, wrong = false): Promise<Metadata> {
  const t = await getTranslations("frame");
  const whole = t("titled", { title });
  return { title: wrong ? t("errorTitle", { title: whole }) : whole };
}
