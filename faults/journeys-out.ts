import { cardToken } from "@/lib/households/card-secret.ts";
import { askToErase } from "@/lib/households/data/ask-to-erase.ts";
import { setFirstPassword } from "@/lib/households/set-first-password.ts";
import type { Stage } from "./case.ts";
import { finishedHome, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { changeTerms } from "./journeys-terms.ts";
import { unlessABug } from "./world/unless-a-bug.ts";
import { canaries } from "./world/world.ts";

/** Longer than somebody who was taken out can be brought back. */
const tooLateDays = 31;

/** The child has used the card, so that there is an account to lock. */
async function moveIn({ world }: Stage): Promise<void> {
  const card = await world.database.db.card.findFirstOrThrow({ where: { person: { kind: "child" } } });
  const token = cardToken(canaries.linkKey, card.id);
  await setFirstPassword(world.worker(), { token, password: "a long enough password" });
}

const child = (takenOutAt: null | { not: null }) => async (stage: Stage) =>
  stage.world.database.db.person.findFirst({ where: { kind: "child", takenOutAt } });

const takingOutWhoLivesThere: Journey = {
  name: "taking a child out who has moved in",
  async before(stage) {
    await finishedHome(stage);
    await moveIn(stage);
  },
  run: (stage) =>
    changeTerms(stage, async () => {
      const living = await child(null)(stage);
      return living ? { kind: "out", personId: living.id } : undefined;
    }),
};

/** Whoever is taken out of a home comes back, or does not. */
export const outJourneys = {
  takingOutWhoLivesThere,
  bringingBack: {
    name: "bringing the child back",
    after: takingOutWhoLivesThere,
    async run(stage) {
      stage.world.clock.pass(9 * 86_400);
      await changeTerms(stage, async () => {
        const out = await child({ not: null })(stage);
        return out ? { kind: "back", personId: out.id } : undefined;
      });
    },
  },
  closingForGood: {
    name: "nobody brings the child back",
    after: takingOutWhoLivesThere,
    async run(stage) {
      stage.world.clock.pass(tooLateDays * 86_400);
      await stage.life.untilQuiet();
    },
  },
  erasing: {
    name: "erasing the child",
    after: takingOutWhoLivesThere,
    async run(stage) {
      const who = await theOwner(stage.world);
      const out = await child({ not: null })(stage);
      // As whoever presses again when the page does not come.
      for (const _ of ["once", "and again"])
        if (out) await askToErase(stage.world.web(), who, out.id).catch(unlessABug);
      await stage.life.untilQuiet();
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;
