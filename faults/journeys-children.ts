import type { Member } from "@/lib/households/access.ts";
import { describeConsents } from "@/lib/households/consent/describe-consents.ts";
import { giveConsent } from "@/lib/households/consent/give-consent.ts";
import { withdrawConsent } from "@/lib/households/consent/withdraw-consent.ts";
import { answerGrowth } from "@/lib/households/growing/answer-growth.ts";
import { describeGrowing } from "@/lib/households/growing/describe-growing.ts";
import { sayBirthday } from "@/lib/households/growing/say-birthday.ts";
import { changeRules } from "@/lib/households/rules/change-rules.ts";
import { describeRules } from "@/lib/households/rules/describe-rules.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import type { Stage } from "./case.ts";
import { finishedHome, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

/** As whoever opens the page again when it does not come, and presses once more. */
export async function decide({ world }: Stage, who: Member, what: Partial<ChildRules>): Promise<void> {
  for (const _ of ["once", "and again"]) {
    const [child] = (await describeRules(world.web(), who).catch(unlessABug)) ?? [];
    if (!child) continue;
    const asked = { ...child, rules: { ...child.rules, ...what } };
    await changeRules(world.web(), who, asked).catch(unlessABug);
  }
}

/** A child who is said to be ten today, and a parent who takes the rules that are offered for it. */
async function growUp({ world, life }: Stage): Promise<void> {
  const web = world.web();
  const child = async () => (await describeGrowing(web, await theOwner(world)).catch(unlessABug))?.[0];
  const today = web.clock.now();
  const born = new Date(Date.UTC(today.getUTCFullYear() - 10, today.getUTCMonth(), today.getUTCDate()));
  const typed = born.toISOString().slice(0, 10);
  for (const _ of ["once", "and again"]) {
    const one = await child();
    if (one) await sayBirthday(web, await theOwner(world), { personId: one.personId, typed }).catch(unlessABug);
  }
  await life.untilQuiet();
  for (const _ of ["once", "and again"]) {
    const one = await child();
    if (!one?.offer) continue;
    const taken = { ...one, band: one.offer.band, answer: "take" as const };
    await answerGrowth(web, await theOwner(world), taken).catch(unlessABug);
  }
  await life.untilQuiet();
}

/** A parent who takes back what was agreed to for a child, and agrees again. */
async function withdraw({ world, life }: Stage): Promise<void> {
  const [web, anna] = [world.web(), await theOwner(world)];
  const child = async () => (await describeConsents(web, anna).catch(unlessABug))?.[0];
  for (const _ of ["once", "and again"]) {
    const one = await child();
    if (one?.newest && !one.newest.withdrawn)
      await withdrawConsent(web, anna, { ...one, nth: one.newest.nth }).catch(unlessABug);
  }
  await life.untilQuiet();
  for (const _ of ["once", "and again"]) {
    const one = await child();
    const agreed = { text: "I agree for Mia", from: undefined };
    if (one?.newest?.withdrawn) await giveConsent(web, anna, { ...agreed, personId: one.personId }).catch(unlessABug);
  }
  await life.untilQuiet();
}

/** A parent who decides what holds for a child. */
export const childJourneys = {
  decidingForAChild: {
    name: "a parent pauses a child's account, and opens it again by other rules",
    before: finishedHome,
    async run(stage) {
      const anna = await theOwner(stage.world);
      await decide(stage, anna, { paused: true });
      await stage.life.untilQuiet();
      await decide(stage, anna, { paused: false, found: true });
      await stage.life.untilQuiet();
    },
  },
  withdrawing: {
    name: "a parent withdraws the consent for a child, and agrees again",
    before: finishedHome,
    run: withdraw,
  },
  growing: { name: "a child is ten, and takes the rules of that age", before: finishedHome, run: growUp },
} as const satisfies Readonly<Record<string, Journey>>;
