import type { RuleSentence } from "./say-rules.ts";

/** The same sentence, said to the child itself, who reads it on its card. It may name a parent as `owner`. */
export const sayForChild = (said: RuleSentence): RuleSentence => ({
  ...said,
  key: said.key.replace("family.rules.say.", "card.rules."),
});
