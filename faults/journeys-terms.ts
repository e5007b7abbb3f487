import { askForPeriod } from "@/lib/households/ask-for-period.ts";
import { askForTerms, type TermsAsk } from "@/lib/households/ask-for-terms.ts";
import { confirmTerms } from "@/lib/households/confirm-terms.ts";
import type { Stage } from "./case.ts";
import { finishedHome, renew, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

const cleo: TermsAsk = {
  kind: "add",
  person: { key: "k2", given: "Cleo", part: "cleo", kind: "adult", email: "cleo@post.example" },
};

/**
 * What they want is asked for, shown and said yes to, as by people who load a page again when it does not come, and choose once
 * more when it says that nothing was changed. Undefined where it is so already.
 */
export async function changeTerms(stage: Stage, wanted: () => Promise<TermsAsk | undefined>, tries = 3): Promise<void> {
  const { world, life } = stage;
  const who = await theOwner(world);
  const ask = await wanted();
  if (!ask || tries === 0) return;
  const askFor = () => askForTerms(world.web(), who, ask, async (plan, heads) => `${plan}, ${heads}`);
  const id = await askFor()
    .catch(unlessABug)
    .then((first) => first ?? askFor().catch(unlessABug));
  await life.untilQuiet();
  if (id) {
    // As whoever presses again when a page does not come.
    await confirmTerms(world.web(), who, id).catch(unlessABug);
    await confirmTerms(world.web(), who, id).catch(unlessABug);
    await life.untilQuiet();
    const change = await world.database.db.billChange.findUnique({ where: { id } });
    if (change?.state === "done" || change?.state === "refused") return;
  }
  await changeTerms(stage, wanted, tries - 1);
}

const takingOut: Journey = {
  name: "taking a child out",
  before: finishedHome,
  run: (stage) =>
    changeTerms(stage, async () => {
      const child = await stage.world.database.db.person.findFirst({ where: { kind: "child" } });
      return child ? { kind: "out", personId: child.id } : undefined;
    }),
};

const changingTerms: Journey = {
  name: "the plan for one",
  after: takingOut,
  async run(stage) {
    // Some of the month is used by then.
    stage.world.clock.pass(9 * 86_400);
    await changeTerms(stage, async () => ({ kind: "plan", plan: "person" }));
  },
};

const takingIn: Journey = {
  name: "somebody more",
  after: changingTerms,
  async run(stage) {
    stage.world.clock.pass(86_400);
    const people = () => stage.world.database.db.person.count();
    await changeTerms(stage, async () => ((await people()) > 1 ? undefined : cleo));
  },
};

/** What a family changes of what it pays for. */
export const termsJourneys = {
  takingOut,
  changingTerms,
  takingIn,
  changedBill: {
    name: "the bill after other terms",
    after: takingIn,
    run: renew,
  },
  turningTheYear: {
    name: "paying by the year from when the name's year begins anew",
    async before(stage) {
      await finishedHome(stage);
      stage.world.clock.pass(360 * 86_400);
      await stage.life.untilQuiet();
    },
    async run(stage) {
      const { world, life } = stage;
      const who = await theOwner(world);
      // As whoever presses again when a page does not come.
      const ask = () => askForPeriod(world.web(), who, "year").catch(unlessABug);
      const id = (await ask()) ?? (await ask());
      await life.untilQuiet();
      for (const _ of ["once", "and again"]) if (id) await confirmTerms(world.web(), who, id).catch(unlessABug);
      // The vendor is told in the last three days.
      world.clock.pass(3 * 86_400);
      await life.untilQuiet();
      world.clock.pass(3 * 86_400);
      await life.untilQuiet();
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;
