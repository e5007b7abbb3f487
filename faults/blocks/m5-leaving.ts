import { sayNameLeft } from "@/lib/staff/say-name-left.ts";
import { at, type Case } from "../case.ts";
import { going } from "../reference.ts";
import type { Backup } from "../world/database.ts";
import { Life } from "../world/life.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import type { SimWorld } from "../world/world.ts";

/** Where the database was when it was kept: the statement of the journey, and what had happened by then. */
const places = [
  ["membership.findMany", "nobody had asked for the name"],
  ["staffMember.findUnique", "the name was asked for and not given"],
] as const;

/** A name leaves with its family, and our database is set back to before we knew. */
export const leavingForgotten: readonly Case[] = places.flatMap(([name, means]) => [
  forgotten(name, means),
  forgotten(name, means, settled),
]);

function forgotten(name: string, means: string, then?: (world: SimWorld, life: Life) => Promise<void>): Case {
  return {
    block: "M5",
    name: `a name left, and the database is set back to when ${means}${then ? ", and staff say that it left" : ""}`,
    ends: [then ? "ready" : "attention"],
    ...(then ? {} : { leftToAPerson: true as const }),
    goesAs: "takingTheName",
    run: going("takingTheName", async ({ world, note }) => {
      let backup: Backup | undefined;
      world.fate = at({ kind: "statement", moment: "before", name, nth: 1 }, async () => {
        backup = await world.database.backUp();
      });
      world.atEnd = async () => {
        if (!backup) throw new Error(`Nothing passed ${name}`);
        await world.database.restore(backup);
        note({ what: "set back" });
        const life = new Life(world);
        // The registrar's list is read once a day; two looks miss a name.
        for (const _ of [1, 2, 3]) {
          world.clock.pass(86_400 + 60);
          await life.untilQuiet();
        }
        await then?.(world, life);
      };
    }),
  };
}

async function settled(world: SimWorld, life: Life): Promise<void> {
  const { id: tenantId } = await world.database.db.tenant.findFirstOrThrow();
  const asked = { tenantId, reason: "The registrar's page says transferred" };
  await sayNameLeft(world.web(), await oneOfTheStaff(world), asked);
  await life.untilQuiet();
}
