import type { Case, Stage } from "../case.ts";
import { bringUp } from "../histories/bring-up.ts";
import { asBackup, type History, type Recording, readRecordings } from "../histories/history.ts";
import { journeys } from "../journeys.ts";
import { Buyer } from "../world/buyer.ts";
import { inOrder } from "../world/life.ts";

/** What each earlier release left half done, taken up by today's code and brought to the end that it has undisturbed. */
export const histories = (): readonly Case[] =>
  readRecordings().flatMap((recording) =>
    recording.histories.map((history) => ({
      block: "M9",
      name: `what ${recording.release} left when ${history.means}`,
      past: history.past,
      endsAs: journeyOf(history),
      run: (stage: Stage) => takeUp(stage, recording, history),
    })),
  );

function journeyOf({ journey }: History) {
  const found = journeys[journey];
  if (!found) throw new Error(`There is no journey ${journey} any more, and releases left it half done`);
  return found;
}

async function takeUp(stage: Stage, { migration }: Recording, { tables }: History): Promise<void> {
  const { database } = stage.world;
  await database.restore(asBackup(await bringUp(database.url, { migration, tables })));
  await bringOnlyWhatIsNotStored(stage);
  await payUnlessPaid(stage);
  await stage.life.untilQuiet();
}

/**
 * The vendor brings no webhook again that was acknowledged, and what is stored was: the row alone must do. (A stored one that
 * comes a second time is M3's.)
 */
async function bringOnlyWhatIsNotStored({ world, life }: Stage): Promise<void> {
  const stored = new Set((await world.database.db.webhookEvent.findMany()).map(({ id }) => id));
  life.postman = (events, deliver) =>
    inOrder(
      events.filter(({ id }) => !stored.has(id)),
      deliver,
    );
}

/** Paying is the last act of a buyer that a history may be cut before; who asks for the money back had asked. */
async function payUnlessPaid({ world, life }: Stage): Promise<void> {
  const paid = (await life.events()).some(({ type }) => type === "checkout.session.completed");
  if (paid) return;
  for (const browser of world.browsers) await Buyer.comeBack(world, browser).pay();
}
