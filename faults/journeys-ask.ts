import { answerAsk } from "@/lib/households/asks/answer-ask.ts";
import { describeAsks } from "@/lib/households/asks/describe-asks.ts";
import type { AskAnswer } from "@/lib/provisioning/ports.ts";
import { ringForHome } from "@/workers/ring-for-home.ts";
import type { Stage } from "./case.ts";
import { finishedHome, smith, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

/** An aunt whom the parents know, somebody they want to think about, and one whom nobody shall ever allow. */
const answers: Readonly<Record<string, AskAnswer>> = {
  "@ruth:jones.family": "allow",
  "@lena:school.example": "later",
  "@carl:elsewhere.example": "never",
};
/** As whoever opens the page again when it does not come, and presses once more. */
async function decide({ world, note }: Stage): Promise<void> {
  const who = await theOwner(world);
  for (const _ of ["once", "and again"])
    for (const { personId, who: other, answer: seen } of (await describeAsks(world.web(), who).catch(unlessABug)) ??
      []) {
      const answer = answers[other] ?? "never";
      note({ what: "a parent decides", who: other, answer });
      await answerAsk(world.web(), who, { personId, who: other, answer, seen }).catch(unlessABug);
    }
}

/** Somebody asks for a child. */
export const askJourneys = {
  askingAParent: {
    name: "three people ask for a child, and a parent answers each",
    before: finishedHome,
    async run(stage) {
      const { world, life } = stage;
      for (const who of Object.keys(answers)) world.asks.invite(smith, { child: "mia", who, room: `!room of ${who}` });
      // As the host says it; where nobody hears it, the home is asked half an hour later.
      const told = { event: "asked", name: smith, time: world.clock.now().toISOString() } as const;
      await ringForHome(world.worker(), told).catch(unlessABug);
      await life.untilQuiet();
      await decide(stage);
      await life.untilQuiet();
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;
