import pg from "pg";
import { at, type Case, type Place, placeName } from "../case.ts";
import { recoveryPoints } from "../recovery-points.ts";
import { going, type JourneyName, type Passed } from "../reference.ts";
import type { Backup } from "../world/database.ts";
import { inOrder, Life } from "../world/life.ts";
import type { SimWorld } from "../world/world.ts";
import { leavingForgotten } from "./m5-leaving.ts";
import { type Settling, settlings } from "./m5-unknown-payments.ts";

/** Our database: cut off, refusing to serialise, and set back to an earlier moment while the vendors remember the later one. */
export const databaseFaults = (_passed: readonly Passed[]): readonly Case[] => [
  ...recoveryPoints.flatMap(({ journey, place, means }) => [
    named(journey, place, `every connection is cut when ${means}`, async (world) => cut(world)),
    named(journey, place, `no statement can be serialised when ${means}`, async (world) => {
      await world.database.refuseNext("40001");
    }),
  ]),
  restored(nobody, "nobody had come yet"),
  ...recoveryPoints
    .filter(({ journey }) => journey !== "moneyBack")
    .map(({ journey, place, means }) => restored(place, means, { journey })),
  ...settlings.map((then) => restored(nobody, "nobody had come yet", { then })),
  ...leavingForgotten,
  // People are nowhere but here, and their accounts stand in the home as they were since.
  restored(first("membership.findMany"), "the child lived there", { journey: "takingOutWhoLivesThere" }),
  restored(first("membership.findMany"), "the child was out", { journey: "bringingBack" }),
  restored(first("person.findMany"), "the child could come back", { journey: "closingForGood" }),
];

function first(statement: string): Place {
  return { kind: "statement", moment: "before", name: statement, nth: 1 };
}

const nobody = first("order.create");

const named = (journey: JourneyName, place: Place, name: string, what: (world: SimWorld) => Promise<void>): Case => ({
  block: "M5",
  name,
  goesAs: journey,
  run: going(journey, async ({ world }) => {
    world.fate = at(place, () => what(world));
  }),
});

/** The server ends every connection of ours, in the middle of whatever they do. */
async function cut({ database }: SimWorld): Promise<void> {
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await admin.end();
}

/** Everything goes well to its end; then the database is what it was at this place, and the vendors are not. */
const restored = (
  place: Place,
  means: string,
  { journey = "buying", then }: { readonly journey?: JourneyName; readonly then?: Settling } = {},
): Case => ({
  block: "M5",
  name: `the database is set back to when ${means}${then ? `, ${then.name}` : ""}`,
  goesAs: journey,
  run: going(journey, async ({ world, note }) => {
    let backup: Backup | undefined;
    world.fate = at(place, async () => {
      backup = await world.database.backUp();
    });
    // The journey runs on to its end on the stage it was given; what follows is planned for then.
    world.atEnd = async () => {
      if (!backup) throw new Error(`Nothing passed ${placeName(place)}`);
      await world.database.restore(backup);
      note({ what: "set back" });
      const life = new Life(world);
      // What the vendor told us before it does not tell us again.
      const told = new Set((await life.events()).map(({ id }) => id));
      life.postman = (events, deliver) =>
        inOrder(
          events.filter(({ id }) => !told.has(id)),
          deliver,
        );
      await life.untilQuiet();
      await then?.run(world, life);
    };
  }),
});
