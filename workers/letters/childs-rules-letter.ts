import { createTranslator } from "use-intl/core";
import { parentNames } from "@/lib/households/parents/describe-parents.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { ruleValues } from "@/lib/households/rules/rule-values.ts";
import { sayForChild } from "@/lib/households/rules/say-for-child.ts";
import { newestRuleFirst, rulesOf } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import messages from "@/messages/en.json" with { type: "json" };
import type { Filling } from "./compose.ts";
import { type LetterTools, locale } from "./letter-tools.ts";

/** The words of a child's card: what it read there it reads again here. */
const say = createTranslator<Record<string, unknown>>({ locale, messages: { card: messages.card } });
const anyOf = new Intl.ListFormat(locale, { type: "disjunction" });

/**
 * To the child itself: which of its rules read otherwise by the decision of this number; undefined where none does, or it lives there
 * no more.
 */
export async function childsRulesLetter(
  { db, webUrl }: LetterTools,
  { personId = "", nth = "" }: Readonly<Record<string, string>>,
): Promise<Filling | undefined> {
  const child = await db.person.findFirst({
    where: { id: personId, kind: "child", ...livesThere },
    include: { tenant: true, rules: { where: { nth: { lte: Number(nth) } }, orderBy: newestRuleFirst, take: 2 } },
  });
  if (!child) return undefined;
  const owner = anyOf.format(await parentNames(db, child.tenant));
  const lines = ruleChanges(rulesOf({ ...child, rules: child.rules.slice(1) }), rulesOf(child)).map(
    ({ row, after }) =>
      `${say(`card.rows.${row}` as never)}: ${after
        .map(sayForChild)
        .map((said) => say(said.key as never, { ...ruleValues(said, locale), owner } as never))
        .join(" ")}`,
  );
  if (lines.length === 0) return undefined;
  return { lines: lines.join("\n"), owner, name: child.tenant.name, link: `${webUrl}/children` };
}
