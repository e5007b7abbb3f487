import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type RulesChoice, readChoice } from "@/lib/households/rules/read-choice.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { titled } from "../../../../../_frame/titled.ts";
import { RuleChanges } from "../../../../_parts/rule-changes.tsx";
import { decideRulesAction } from "../actions.ts";
import { carriedChoice, childIn } from "../choice.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { name, personId } = await params;
  const { child } = await childIn(name, personId);
  return titled((await getTranslations("family.rules"))("checkHeading", { given: child.given }));
}

/** Each sentence that changes, before it does. */
export default async function CheckRulesPage({ params }: PageProps) {
  const { name, personId } = await params;
  const { child } = await childIn(name, personId);
  const choice = await carriedChoice(child);
  const read = choice && readChoice(choice, child);
  const changes = read?.ok ? ruleChanges(child.rules, read.value) : [];
  // Loaded again after a minute, opened by its address, or decided already.
  if (!choice || changes.length === 0) redirect(`/home/${name}/rules/${personId}`);
  const t = await getTranslations("family.rules");
  const { given } = child;
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("checkHeading", { given })}</PageHeading>
      <RuleChanges given={given} changes={changes} />
      <form action={decideRulesAction}>
        <input type="hidden" name="home" value={decodeURIComponent(name)} />
        <input type="hidden" name="child" value={personId} />
        <Chosen choice={choice} />
        <Actions>
          <Button>{t("save")}</Button>
          <Button kind="quiet" name="act" value="back">
            {t("back")}
          </Button>
        </Actions>
      </form>
    </Stack>
  );
}

/** The choice, once more, as a form says it. */
function Chosen({ choice }: { choice: RulesChoice }) {
  const { seen, person, server, off, stranger, ...ticks } = choice;
  const fields = { seen, allow: person, allowServer: server, off, stranger };
  const ticked = Object.entries(ticks).filter(([, on]) => on);
  return [...Object.entries(fields), ...ticked.map(([field]) => [field, "yes"] as const)].map(([field, value]) => (
    <input key={field} type="hidden" name={field} value={value} />
  ));
}
