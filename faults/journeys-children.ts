import { changeRules } from "@/lib/households/rules/change-rules.ts";
import { describeRules } from "@/lib/households/rules/describe-rules.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import type { Stage } from "./case.ts";
import { finishedHome, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

/** As whoever opens the page again when it does not come, and presses once more. */
async function decide({ world }: Stage, what: Partial<ChildRules>): Promise<void> {
  for (const _ of ["once", "and again"]) {
    const [child] = (await describeRules(world.web(), await theOwner(world)).catch(unlessABug)) ?? [];
    if (!child) continue;
    const asked = { ...child, rules: { ...child.rules, ...what } };
    await changeRules(world.web(), await theOwner(world), asked).catch(unlessABug);
  }
}

/** A parent who decides what holds for a child. */
export const childJourneys = {
  decidingForAChild: {
    name: "a parent pauses a child's account, and opens it again by other rules",
    before: finishedHome,
    async run(stage) {
      await decide(stage, { paused: true });
      await stage.life.untilQuiet();
      await decide(stage, { paused: false, found: true });
      await stage.life.untilQuiet();
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;
