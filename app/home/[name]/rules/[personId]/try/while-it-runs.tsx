import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { type StepLine, StepList } from "@/components/step-list.tsx";
import { attempts } from "@/lib/households/trials/attempts.ts";
import { RefreshSoon } from "../../../../_parts/refresh-soon.tsx";

/** How far it is; the page is made anew until it is done. */
export async function WhileItRuns({ given, tried }: { given: string; tried: number }) {
  const t = await getTranslations("family.try");
  const steps = attempts.map((attempt, nth): StepLine => {
    const look = nth < tried ? "done" : nth === tried ? "running" : "todo";
    return { key: attempt, look, text: t(`attempts.${attempt}`, { given }), state: t(`steps.${look}`) };
  });
  return (
    <>
      <Notice tone="brass" icon="clock" heading={t("running")} status>
        <p>{t("runningText", { n: tried, all: attempts.length })}</p>
      </Notice>
      <StepList label={t("whatLabel")} steps={steps} />
      <RefreshSoon />
    </>
  );
}
