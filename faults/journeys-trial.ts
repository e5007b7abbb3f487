import { changeRules } from "@/lib/households/rules/change-rules.ts";
import { describeRules } from "@/lib/households/rules/describe-rules.ts";
import { askForTrial } from "@/lib/households/trials/ask-for-trial.ts";
import { finishedHome, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

/** A parent has a child's rules tried. */
export const trialJourneys = {
  tryingRules: {
    name: "a parent has a child's rules tried, changes them, and has them tried again before the home has heard",
    before: finishedHome,
    async run({ world, life }) {
      const who = await theOwner(world);
      const child = async () => (await describeRules(world.web(), who).catch(unlessABug))?.[0];
      // As whoever presses again when the page does not come.
      const ask = async () => {
        const personId = (await child())?.personId ?? "";
        for (const _ of ["once", "and again"]) await askForTrial(world.web(), who, personId).catch(unlessABug);
      };
      await ask();
      await life.untilQuiet();
      const before = await child();
      const decides = { stranger: "allow", rooms: { join: "any", create: true, publish: false } } as const;
      if (before)
        await changeRules(world.web(), who, { ...before, rules: { ...before.rules, ...decides } }).catch(unlessABug);
      await ask();
      await life.untilQuiet();
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;
