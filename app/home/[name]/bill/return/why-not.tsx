import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import type { WhyNotReturn } from "@/lib/households/why-not-return.ts";
import { writeToUs } from "../../../../_frame/write-to-us.tsx";

/** What stands between them and their home, and what they can do about it. */
export async function WhyNot({ why, name }: { why: Exclude<WhyNotReturn, "runs">; name: string }) {
  const t = await getTranslations("family.return.notNow");
  if (why === "paying") return null;
  return (
    <Notice tone="wait" icon="clock" heading={t(why)}>
      <p>{t.rich(`${why}Text`, { ...writeToUs() })}</p>
      <p>
        <ButtonLink href={`/home/${name}/bill`} small kind="quiet">
          {t("bill")}
        </ButtonLink>
      </p>
    </Notice>
  );
}
