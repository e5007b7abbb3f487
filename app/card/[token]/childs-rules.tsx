import { getTranslations } from "next-intl/server";
import { Answers } from "@/components/answers.tsx";
import { Stack } from "@/components/stack.tsx";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { sayForChild } from "@/lib/households/rules/say-for-child.ts";
import { ruleRows, sayRules } from "@/lib/households/rules/say-rules.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { RuleWords } from "../../_frame/rule-words.tsx";

/** Said on every card; of the others only those on which something was decided. */
const always: readonly string[] = ["write", "stranger", "rooms", "found"];

/** What holds for the child, said to itself. */
export async function ChildsRules({ owner, rules, text }: { owner: string; rules: ChildRules; text: string }) {
  const t = await getTranslations("card");
  const said = sayRules(rules);
  const usual: ChildRules = {
    ...{ ...rules, contacts: { ...rules.contacts, never: [] } },
    ...{ quiet: [], devices: "any", uploadMegabytes: null, paused: false },
  };
  const decided = ruleChanges(usual, rules).map(({ row }) => row);
  const rows = ruleRows.filter((row) => always.includes(row) || decided.includes(row));
  return (
    <Stack as="section" gap={3} labelledBy="rules">
      <h2 id="rules">{t("rulesHeading")}</h2>
      <p>{text}</p>
      <Answers
        answers={rows.map((row) => ({
          question: t(`rows.${row}`),
          answer: <RuleWords values={{ owner }} sentences={said[row].map(sayForChild)} />,
        }))}
      />
    </Stack>
  );
}
