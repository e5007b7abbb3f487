import { askToLeave } from "@/lib/households/ask-to-leave.ts";
import type { SignedInFor } from "@/lib/households/proven.ts";
import { showLeaveCode } from "@/lib/households/show-leave-code.ts";
import { giveLeave } from "@/lib/staff/give-leave.ts";
import type { Stage } from "./case.ts";
import { finishedHome, smith, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { oneOfTheStaff } from "./world/staff.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

const day = 86_400;
/** A name may leave from its sixtieth day on. */
const lockedDays = 61;

/** The owner, who has just used a link. */
async function proven({ world }: Stage): Promise<SignedInFor> {
  const { userId, tenantId } = await theOwner(world);
  const session = { sessionId: "ses_anna", email: "anna@post.example", emailVerified: true };
  return { userId, tenantId: tenantId ?? "", ...session, factor: "link", since: world.clock.now() };
}

/** What the registry does with the name, and an hour later a look of ours. */
async function registryDoes(
  { world, life }: Stage,
  kind: "transfer.asked" | "registration.transferred",
): Promise<void> {
  world.vendors.registry.happen({ kind, name: smith });
  world.clock.pass(3600);
  await life.untilQuiet();
}

/** A family that goes, and its name with it. */
export const leaveJourneys = {
  takingTheName: {
    name: "a family takes its name to another registrar",
    async before(stage) {
      await finishedHome(stage);
      stage.world.clock.pass(lockedDays * day);
      await stage.life.untilQuiet();
    },
    async run(stage) {
      const { world, life } = stage;
      const { db } = world.database;
      // As whoever presses again when a page does not come.
      for (const _ of ["once", "and again"]) await askToLeave(world.web(), await proven(stage)).catch(unlessABug);
      await life.untilQuiet();
      world.clock.pass(day + 60);
      const staff = await oneOfTheStaff(world);
      const asked = await db.nameLeave.findFirst();
      if (!asked) return;
      const given = { leaveId: asked.id, code: "Q7!kd-83_Zr+", reason: "They asked" };
      for (const _ of ["once", "and again"]) await giveLeave(world.web(), staff, given).catch(unlessABug);
      await life.untilQuiet();
      const code = await showLeaveCode(world.web(), await proven(stage)).catch(unlessABug);
      // Without it no registrar gets the name.
      if (!code) return;
      await registryDoes(stage, "transfer.asked");
      await registryDoes(stage, "registration.transferred");
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;
