import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { asText } from "../../_frame/as-text.ts";

/** What a screen may say above its heading, by the word in its address. */
const notes = {
  newer: { key: "errors.otherWindow", tone: "brass" },
  gone: { key: "order.gone", tone: "brass" },
  away: { key: "again.vendorAway", tone: "wait" },
  often: { key: "again.often", tone: "wait" },
} as const;

export type Query = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** One value of an address's query; of several the first. */
export const one = (value: string | string[] | undefined): string =>
  asText((Array.isArray(value) ? value[0] : value) ?? "");

/** The note that the last action left, if any. */
export async function Note({ query }: { query: Query }) {
  const word = one((await query)["note"]);
  if (!Object.hasOwn(notes, word)) return null;
  const { key, tone } = notes[word as keyof typeof notes];
  const t = await getTranslations();
  return <Notice tone={tone} icon={tone === "wait" ? "clock" : "info"} heading={t(key)} status />;
}
