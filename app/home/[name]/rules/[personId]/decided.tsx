import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import type { RulesView } from "@/lib/households/rules/describe-rules.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { day, time } from "../../../../_frame/write.ts";
import { RuleChanges } from "../../../_parts/rule-changes.tsx";

/** Who decided what, and when: the newest first. */
export async function Decided({ child: { given, began, decided } }: { child: RulesView }) {
  const t = await getTranslations("family.rules");
  return (
    <Stack as="section" gap={4} labelledBy="decided">
      <h2 id="decided">{t("decided")}</h2>
      {decided.length === 0 ? <p className="muted">{t("decidedNothing")}</p> : null}
      {decided.map(({ at, by, rules }, nth) => (
        <Stack key={decided.length - nth} gap={2}>
          <h3 className="heading-plain">
            {t("decidedBy", { date: day(new Date(at)), time: time(new Date(at)), by: by || t("somebody") })}
          </h3>
          <RuleChanges given={given} changes={ruleChanges(decided[nth + 1]?.rules ?? began, rules)} />
        </Stack>
      ))}
    </Stack>
  );
}
