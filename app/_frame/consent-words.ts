import { getTranslations } from "next-intl/server";
import { countryName } from "@/lib/orders/deed/countries.ts";
import { locale } from "@/messages/request.ts";
import { listAll } from "./write.ts";

/** What a parent agrees to: the words beside the box, which are kept whole with the tick. */
export async function consentWords(children: readonly string[], country: string): Promise<string> {
  const t = await getTranslations("family.consent");
  return t("words", { children: listAll(children), n: children.length, country: countryName(country, locale) });
}

/** Beside the box that was not ticked. */
export async function consentMissing(children: readonly string[]) {
  const [t, frame] = [await getTranslations("family.consent.errors"), await getTranslations("frame")];
  const values = { children: listAll(children) };
  const said = { text: t("tick", values), short: t("tickShort"), before: frame("errorBefore") };
  return { at: "childConsent", ...said };
}
