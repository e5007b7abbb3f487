import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { day, time } from "../_frame/write.ts";

/** The number of the case, until when it is answered, and what we can and cannot do. */
export async function Reported({ number, due }: { number: number; due: Date }) {
  const t = await getTranslations("report");
  return (
    <Stack>
      <PageHeading>{t("thanks")}</PageHeading>
      <p className="lead">{t("thanksText")}</p>
      <Notice tone="brass" icon="check" heading={t("number", { number })} status>
        <p>{t("numberText", { date: day(due), time: time(due) })}</p>
      </Notice>
      <Stack as="section" gap={2} labelledBy="next">
        <h2 id="next">{t("next")}</h2>
        <p>{t("canDo")}</p>
        <p>{t("cannotDo")}</p>
        <p>{t("mailed")}</p>
        <p>{t("danger")}</p>
      </Stack>
    </Stack>
  );
}
