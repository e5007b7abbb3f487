import { getTranslations } from "next-intl/server";
import type { KeptData } from "@/lib/households/data/describe-data.ts";
import { day } from "./write.ts";

interface EraseWordsProps {
  readonly data: KeptData;
  /** Whether the reader takes them out, which is what it waits for. */
  readonly takesOut: boolean;
}

/** What erasing comes to, and how it stands where somebody asked for it. */
export async function EraseWords({ data: { given, erase }, takesOut }: EraseWordsProps) {
  const t = await getTranslations("family.data.erase");
  return (
    <>
      <h2 id="erase">{t("heading")}</h2>
      <p>{t("text", { given })}</p>
      {erase ? (
        <>
          <p className="ink">{t("asked", { by: erase.by, date: day(new Date(erase.at)) })}</p>
          <p>{t(takesOut ? "next" : "nextOther", { given })}</p>
        </>
      ) : null}
    </>
  );
}
