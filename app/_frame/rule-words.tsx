import { ruleValues } from "@/lib/households/rules/rule-values.ts";
import type { RuleSentence } from "@/lib/households/rules/say-rules.ts";
import { locale } from "@/messages/request.ts";
import { sayer } from "./say.ts";

interface RuleWordsProps {
  /** Whom the sentences name: the child as `given`, or to the child its parents as `owner`. */
  readonly values: { readonly given: string } | { readonly owner: string };
  readonly sentences: readonly RuleSentence[];
}

/** Sentences of a child's rules, each on a line of its own. */
export async function RuleWords({ values, sentences }: RuleWordsProps) {
  const say = await sayer();
  return sentences.map((said) => (
    <span key={said.key + (said.days ?? "")} className="line">
      {say(said, { ...values, ...ruleValues(said, locale) })}
    </span>
  ));
}
