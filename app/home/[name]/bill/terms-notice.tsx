import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import type { OpenTerms } from "@/lib/households/open-terms.ts";
import { RefreshSoon } from "../../_parts/refresh-soon.tsx";

/** That what they pay for is just being changed, or could not be. */
export async function TermsNotice({ state }: { state: OpenTerms | undefined }) {
  const [t, terms] = [await getTranslations("family.billPage"), await getTranslations("family.terms")];
  if (state === "under way")
    return (
      <Notice tone="brass" icon="clock" heading={t("changing")} status>
        <p>{t("changingText")}</p>
        <RefreshSoon />
      </Notice>
    );
  if (state === "held")
    return (
      <Notice tone="wait" icon="clock" heading={t("held")}>
        <p>{t("heldText")}</p>
      </Notice>
    );
  if (state !== "given-up") return null;
  return (
    <Notice tone="wait" icon="clock" heading={terms("notDone")}>
      <p>{terms("notDoneText")}</p>
    </Notice>
  );
}
