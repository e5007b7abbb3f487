import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { day } from "../../_frame/write.ts";

interface RestsNoticeProps {
  readonly name: string;
  readonly endedAt: string;
  /** It rests because of that; one that the vendor gave up lives on. */
  readonly rests: boolean;
  /** What is owed is paid first. */
  readonly owes: boolean;
}

/** That a bill has ended, and the way back. */
export async function RestsNotice({ name, endedAt, rests, owes }: RestsNoticeProps) {
  const t = await getTranslations("family");
  return (
    <Notice tone="wait" icon="clock" heading={t(rests ? "rests" : "ended")}>
      <p>
        {t(rests ? "restsText" : "endedText", { date: day(new Date(endedAt)) })} {owes ? t("payFirst") : null}
      </p>
      {owes ? null : (
        <p>
          <ButtonLink href={`/home/${name}/bill/return`} small>
            {t("openAgain")}
          </ButtonLink>
        </p>
      )}
    </Notice>
  );
}
