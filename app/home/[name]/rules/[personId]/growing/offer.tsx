import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Stack } from "@/components/stack.tsx";
import type { GrowingView } from "@/lib/households/growing/describe-growing.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { RuleChanges } from "../../../../_parts/rule-changes.tsx";
import { answerGrowthAction } from "./actions.ts";

/** The rules for the child's age, each sentence that would change, and a yes or a no. Nothing where none are offered. */
export async function Offer({ name, child }: { name: string; child: GrowingView }) {
  const { personId, given, offer, rules, seen } = child;
  if (!offer) return null;
  const t = await getTranslations("family.growing");
  return (
    <Stack as="section" gap={4} className="card" labelledBy="offer">
      <h2 id="offer">{t("changesHeading", { ages: t(`ages.${offer.band}`) })}</h2>
      <p>{t("changesText")}</p>
      <RuleChanges given={given} changes={ruleChanges(rules, offer.rules)} />
      <form action={answerGrowthAction}>
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="child" value={personId} />
        <input type="hidden" name="band" value={offer.band} />
        <input type="hidden" name="seen" value={seen} />
        <Actions>
          <Button name="answer" value="take">
            {t("take")}
          </Button>
          <Button kind="quiet" name="answer" value="leave">
            {t("leave")}
          </Button>
        </Actions>
      </form>
    </Stack>
  );
}
