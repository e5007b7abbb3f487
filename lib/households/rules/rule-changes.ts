import { isDeepStrictEqual } from "node:util";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { type RuleRow, type RuleSentence, ruleRows, sayRules } from "./say-rules.ts";

/** One line that reads otherwise than before. */
export interface RuleChange {
  readonly row: RuleRow;
  readonly before: readonly RuleSentence[];
  readonly after: readonly RuleSentence[];
}

/** What differs between two sets of rules, as a family reads them; nothing where they are the same. */
export function ruleChanges(before: ChildRules, after: ChildRules): readonly RuleChange[] {
  const [was, is] = [sayRules(before), sayRules(after)];
  return ruleRows
    .filter((row) => !isDeepStrictEqual(was[row], is[row]))
    .map((row) => ({ row, before: was[row], after: is[row] }));
}
