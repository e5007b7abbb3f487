import { getTranslations } from "next-intl/server";
import type { KeptData } from "@/lib/households/data/describe-data.ts";
import { day } from "./write.ts";

interface EraseWordsProps {
  readonly data: KeptData;
  /** Whether whoever reads it is that person. */
  readonly own: "yes" | "no";
  /** Whether the reader takes them out, which is what it waits for. */
  readonly takesOut: boolean;
}

/** What erasing comes to, and how it stands where somebody asked for it. */
export async function EraseWords({ data: { given, erase }, own, takesOut }: EraseWordsProps) {
  const t = await getTranslations("family.data.erase");
  const date = erase ? day(new Date(erase.at)) : "";
  return (
    <>
      <h2 id="erase">{t("heading")}</h2>
      <p>{t("text", { given, own })}</p>
      {erase ? (
        <>
          <p className="ink">
            {own === "yes" && erase.yours ? t("askedOwn", { date }) : t("asked", { by: erase.by, date })}
          </p>
          <p>{takesOut ? t("next", { given }) : t("nextOther", { given, own })}</p>
        </>
      ) : null}
    </>
  );
}
