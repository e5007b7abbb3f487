import { at, type Case, type Place, placeName, type Stage } from "../case.ts";
import { going, type JourneyName, type Passed, passedBefore } from "../reference.ts";

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

/** Dying before something is dying after what came just before it, in this journey or the one before: one of the two is tried. */
const oncePerGap = (places: readonly Place[], goesOn: boolean): Place[] =>
  places.filter(({ moment }, i) => moment === "after" || (i === 0 ? !goesOn : places[i - 1]?.moment !== "after"));

/** So often the same kind of place is tried in a journey after the first. */
const mostOfAKind = 2;

/**
 * Which places are tried. Of the first journey all. Of each later one what none before it came to so often: twice of a kind, and
 * wherever a place follows one that it never followed before. What that leaves out are the engine's rounds, which are the same
 * ones again, gone through for longer.
 */
function worthTrying(passed: readonly Passed[]): readonly { readonly journey: JourneyName; readonly place: Place }[] {
  const [seen, gaps] = [new Set<string>(), new Set<string>()];
  const tried = new Map<JourneyName, ReadonlyMap<string, number>>();
  return passed.flatMap(({ journey, places }, nth) => {
    // Of one long story told in several no more is tried than if it was told in one.
    const before = passedBefore(passed, journey);
    const earlier = Map.groupBy(
      before.flatMap((one) => one.places),
      kindOf,
    );
    const ofAKind = new Map(tried.get(before.at(-1)?.journey ?? journey));
    tried.set(journey, ofAKind);
    const lasting = outermost(places).filter(({ kind, name }) => kind === "call" || !reads.test(name));
    const killable = oncePerGap(lasting, before.length > 0);
    return killable.flatMap((place, i) => {
      const [kind, last] = [kindOf(place), killable[i - 1]];
      const gap = `${last ? kindOf(last) : ""} > ${kind}`;
      const inAll = placeName({ ...place, nth: place.nth + (earlier.get(kind)?.length ?? 0) });
      const [isNew, follows] = [!seen.has(inAll), !gaps.has(gap)];
      seen.add(inAll);
      gaps.add(gap);
      const count = ofAKind.get(kind) ?? 0;
      if (!isNew || (nth > 0 && count >= mostOfAKind && !follows)) return [];
      ofAKind.set(kind, count + 1);
      return [{ journey, place }];
    });
  });
}

const kindOf = ({ moment, name }: Place): string => `${moment} ${name}`;

/** Killed with -9 before each call, after it and before anything is written, and before and after each commit. */
export const crashes = (passed: readonly Passed[]): readonly Case[] =>
  worthTrying(passed).map(({ journey, place }) => ({
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
  }));
