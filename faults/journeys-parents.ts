import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { describeParents } from "@/lib/households/parents/describe-parents.ts";
import { inviteParent } from "@/lib/households/parents/invite-parent.ts";
import { inviteToken } from "@/lib/households/parents/invite-secret.ts";
import { joinParents } from "@/lib/households/parents/join-parents.ts";
import { leaveParents } from "@/lib/households/parents/leave-parents.ts";
import { takeInviteBack } from "@/lib/households/parents/take-invite-back.ts";
import type { Stage } from "./case.ts";
import { finishedHome, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { decide } from "./journeys-children.ts";
import { unlessABug } from "./world/unless-a-bug.ts";
import { canaries } from "./world/world.ts";

const ben = { given: "Ben", email: "ben@post.example", personId: null, matrixId: "@ben:jones.family" };

/** Ben, who has opened a link in his mailbox. */
const asBen = ({ world }: Stage): SignedIn => ({
  ...{ userId: "usr_ben", sessionId: "ses_ben", email: ben.email },
  ...{ emailVerified: true, factor: "link", since: world.clock.now() },
});

/** Whoever presses again when a page does not come. */
async function twice(press: () => Promise<unknown>): Promise<void> {
  for (const _ of ["once", "and again"]) await press().catch(unlessABug);
}

/** Another one each time: the letter of a minute ago may have been taken back. */
async function ask({ world, life }: Stage): Promise<void> {
  const who = await theOwner(world);
  world.clock.pass(60);
  await twice(() => inviteParent(world.web(), who, ben));
  await life.untilQuiet();
}

const asked = ({ world }: Stage) =>
  world.database.db.parent.findFirst({ orderBy: [{ askedAt: "desc" }, { id: "desc" }] });

const sharing: Journey = {
  name: "a second parent is asked, taken back, asked again, says yes and decides",
  before: finishedHome,
  async run(stage) {
    const { world, life } = stage;
    const who = await theOwner(world);
    await ask(stage);
    const first = await asked(stage);
    if (first) await twice(() => takeInviteBack(world.web(), who, first.id));
    await ask(stage);
    const row = await asked(stage);
    if (row) await twice(() => joinParents(world.web(), asBen(stage), inviteToken(canaries.linkKey, row.id)));
    await life.untilQuiet();
    const { tenantId } = who;
    if (tenantId) await decide(stage, { ...asBen(stage), tenantId }, { paused: true });
    await life.untilQuiet();
  },
};

const parting: Journey = {
  name: "one of two parents leaves, and the other cannot",
  after: sharing,
  async run(stage) {
    const { world, life } = stage;
    const anna = await theOwner(world);
    await twice(() => leaveParents(world.web(), asBen(stage)));
    await life.untilQuiet();
    // Where his leaving was lost she is not the last one, and stays as well.
    const { parents } = (await describeParents(world.web(), anna).catch(unlessABug)) ?? { parents: [] };
    if (parents.length === 1) await twice(() => leaveParents(world.web(), anna));
    await life.untilQuiet();
  },
};

/** Two look after the children, and then one. */
export const parentJourneys = { sharing, parting } as const satisfies Readonly<Record<string, Journey>>;
