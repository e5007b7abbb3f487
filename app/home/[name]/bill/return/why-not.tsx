import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import type { ReturnView } from "@/lib/households/describe-return.ts";
import { money } from "../../../../_frame/write.ts";
import { writeToUs } from "../../../../_frame/write-to-us.tsx";

/** What stands between them and their home, and what they can do about it. */
export async function WhyNot({ view: { whyNot, name, lastBill } }: { view: ReturnView }) {
  const [t, owed] = [await getTranslations("family.return.notNow"), await getTranslations("family.owed")];
  if (whyNot === null || whyNot === "runs" || whyNot === "paying") return null;
  return (
    <Notice tone="wait" icon="clock" heading={t(whyNot)}>
      <p>{t.rich(`${whyNot}Text`, { ...writeToUs() })}</p>
      <p>
        {whyNot === "settling" && lastBill ? (
          <a className="button button--small" href={lastBill.payUrl}>
            {owed("pay", { sum: money(lastBill.sum) })}
          </a>
        ) : (
          <ButtonLink href={`/home/${name}/bill`} small kind="quiet">
            {t("bill")}
          </ButtonLink>
        )}
      </p>
    </Notice>
  );
}
