import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type RulesChoice, readChoice } from "@/lib/households/rules/read-choice.ts";
import { nights } from "@/lib/households/rules/read-nights.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { titled } from "../../../../../_frame/titled.ts";
import { RuleChanges } from "../../../../_parts/rule-changes.tsx";
import { decideRulesAction } from "../actions.ts";
import { carriedChoice, childIn, isOther } from "../choice.ts";
import { zoneName } from "../quiet.tsx";

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
  // Loaded again after a minute, opened by its address, or decided already.
  if (!choice || !read?.ok || !isOther(read.value, child)) redirect(`/home/${name}/rules/${personId}`);
  const { rules, zone } = read.value;
  const t = await getTranslations("family.rules");
  const { given } = child;
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("checkHeading", { given })}</PageHeading>
      <RuleChanges given={given} changes={ruleChanges(child.rules, rules)} />
      {zone === child.zone || zone === null ? null : <p>{t("clockChanges", { zone: zoneName(zone) })}</p>}
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
  const { seen, person, server, off, stranger, nights: times, zone, seenZone, uploads, ...ticks } = choice;
  const fields = { seen, allow: person, allowServer: server, off, stranger, zone, seenZone, uploads };
  const hours = nights.flatMap((night) => [
    [`${night}From`, times[night].from] as const,
    [`${night}To`, times[night].to] as const,
  ]);
  const ticked = Object.entries(ticks).flatMap(([field, on]) => (on ? [[field, "yes"] as const] : []));
  return [...Object.entries(fields), ...hours, ...ticked].map(([field, value]) => (
    <input key={field} type="hidden" name={field} value={value} />
  ));
}
