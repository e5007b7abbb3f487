import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { day } from "../../_frame/write.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";

/** That a home rests because its bill has ended: nothing can be paid to wake it, so a person is asked. */
export async function RestsNotice({ endedAt }: { endedAt: string }) {
  const t = await getTranslations("family");
  return (
    <Notice tone="wait" icon="clock" heading={t("rests")}>
      <p>{t.rich("restsText", { ...writeToUs(), date: day(new Date(endedAt)) })}</p>
    </Notice>
  );
}
