import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { daysAfter } from "@/lib/clock.ts";
import { answerNameYear } from "@/lib/households/answer-name-year.ts";
import type { Stage } from "./case.ts";
import { finishedHome, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

/** Two months and a few days are left of the name's first year then. */
const nearDays = 300;

/**
 * So many days before the second year begins: a copy of the bill, what follows from it, and what that rings for. The rest of the
 * home's life is in other journeys.
 */
async function threeRounds({ world, life }: Stage, daysBefore: number): Promise<void> {
  const { startedAt } = await world.database.db.subscription.findFirstOrThrow();
  const at = daysAfter(monthsAfter(startedAt, 12), -daysBefore);
  world.clock.pass((at.getTime() - world.clock.now().getTime()) / 1000);
  for (let rounds = 0; rounds < 3; rounds++) {
    await life.tick();
    world.clock.pass(60);
  }
}

const laterYear = {
  name: "the price of a name's second year, which costs much more, is read",
  async before(stage) {
    await finishedHome(stage);
    const { clock, vendors } = stage.world;
    const price = { registration: "30.00", renewal: "30.00" };
    await vendors.tell("cloudflare", "PUT", "/extensions/family", { price });
    clock.pass(nearDays * 86_400);
    await stage.life.untilQuiet();
  },
  run: (stage) => threeRounds(stage, 59),
} as const satisfies Journey;

const sayingYes: Journey = {
  name: "a family that is told of a dearer year, and says yes to it",
  after: laterYear,
  async run(stage) {
    const { world } = stage;
    await threeRounds(stage, 45);
    const who = await theOwner(world);
    // As whoever presses again when a page does not come. Who was not told yet is not asked.
    for (const _ of ["once", "and again"])
      await answerNameYear(world.web(), who, { year: 2, answer: "yes" }).catch(unlessABug);
  },
};

/** What becomes of a family's bill when its name costs more. */
export const yearJourneys = {
  laterYear,
  sayingYes,
  dearerYear: {
    name: "a dearer year, written into the bill",
    after: sayingYes,
    run: (stage) => threeRounds(stage, 2),
  },
} as const satisfies Readonly<Record<string, Journey>>;
