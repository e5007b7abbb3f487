import { at, type Case, type Place, placeName, type Stage } from "../case.ts";
import { going, type Passed } from "../reference.ts";

/** Statements that only read leave nothing behind: dying before one is dying after what came before it. */
const reads = /\.(find|count|aggregate|groupBy)/;

/** What happens inside a transaction is undone with it. */
function outermost(places: readonly Place[]): Place[] {
  let inside = false;
  return places.filter(({ kind, name, moment }) => {
    if (name === "$transaction") {
      inside = moment === "before";
      return true;
    }
    return !inside || kind === "call";
  });
}

/** Dying before something is dying after what came just before it: one of the two is tried. */
const oncePerGap = (places: readonly Place[]): Place[] =>
  places.filter((place, i) => place.moment === "after" || places[i - 1]?.moment !== "after");

/** Killed with -9 before each call, after it and before anything is written, and before and after each commit. */
export function crashes(passed: readonly Passed[]): readonly Case[] {
  const seen = new Set<string>();
  return passed.flatMap(({ journey, places }) =>
    oncePerGap(outermost(places).filter(({ kind, name }) => kind === "call" || !reads.test(name)))
      .filter((place) => !seen.has(placeName(place)) && seen.add(placeName(place)))
      .map(
        (place): Case => ({
          block: "M2",
          name: `killed ${placeName(place)} while ${journey}`,
          goesAs: journey,
          async run(stage) {
            let killed = false;
            const plan = async ({ world }: Stage): Promise<void> => {
              world.fate = at(place, async (_, process) => {
                killed = true;
                process.kill();
              });
            };
            await going(journey, plan)(stage);
            if (!killed) throw new Error(`Nothing passed ${placeName(place)}`);
          },
        }),
      ),
  );
}
