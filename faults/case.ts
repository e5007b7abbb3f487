import type { Journey } from "./journeys.ts";
import type { JourneyName } from "./reference.ts";
import type { Life } from "./world/life.ts";
import type { Past } from "./world/past.ts";
import type { Fate, Point } from "./world/process.ts";
import type { SimWorld } from "./world/world.ts";

/** What a case works with: a world of its own, with life in it. */
export interface Stage {
  readonly world: SimWorld;
  readonly life: Life;
  /** Lays something before the judge that only the case can know. */
  note(row: object): void;
}

/** One thing that goes wrong in one way. `run` makes it happen; what follows is the same for all: calm, then the judge. */
export interface Case {
  readonly block: string;
  readonly name: string;
  run(stage: Stage): Promise<void>;
  /** How every order of it ends, where the case knows; else any end that the judge accepts. */
  readonly ends?: readonly Ending[];
  /** The journey whose ending, with nothing going wrong, this one must have: the judge compares them. */
  readonly endsAs?: Journey;
  /** The journey that it goes, turn for turn as it was gone when nothing went wrong, until something does: so it comes by its place. */
  readonly goesAs?: JourneyName;
  /** What its world had come to before; else it begins empty. */
  readonly past?: Past;
  /** What is left at the end is done by a person outside of the product: trying again is in vain. */
  readonly leftToAPerson?: true;
}

/** `attention`: a person of ours is asked for. */
export type Ending = "ready" | "refunded" | "lost" | "attention" | "unpaid";

/** The n-th passing of a point, counted over all processes; 1 is the first. */
export interface Place extends Point {
  readonly nth: number;
}

export const placeName = ({ moment, name, nth }: Place): string => `${moment} ${name}${nth > 1 ? ` #${nth}` : ""}`;

/** Does something once, at one place. */
export function at(place: Place, what: Fate): Fate {
  let passed = 0;
  return async (point, process) => {
    if (point.name !== place.name || point.moment !== place.moment) return;
    passed += 1;
    if (passed === place.nth) await what(point, process);
  };
}

export const kill: Fate = async (_, process) => process.kill();
