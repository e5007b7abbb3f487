import { getTranslations } from "next-intl/server";
import { Answers } from "@/components/answers.tsx";
import type { RuleChange } from "@/lib/households/rules/rule-changes.ts";
import { RuleWords } from "../../_frame/rule-words.tsx";

/** Lines of a child's rules that read otherwise than before: both, one below the other. */
export async function RuleChanges({ given, changes }: { given: string; changes: readonly RuleChange[] }) {
  const t = await getTranslations("family.rules");
  return (
    <Answers
      answers={changes.map(({ row, before, after }) => ({
        question: t(`rows.${row}`),
        answer: (
          <span className="stack stack--2">
            <span>
              <span className="small">{t("before")}</span>
              <RuleWords values={{ given }} sentences={before} />
            </span>
            <span className="ink">
              <span className="small">{t("after")}</span>
              <RuleWords values={{ given }} sentences={after} />
            </span>
          </span>
        ),
      }))}
    />
  );
}
