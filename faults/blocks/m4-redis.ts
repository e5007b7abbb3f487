import { at, type Case, placeName, type Stage } from "../case.ts";
import { journeys } from "../journeys.ts";
import { recoveryPoints } from "../recovery-points.ts";
import type { SimWorld } from "../world/world.ts";

/** What becomes of Redis when a journey passes a recovery point. (Emptied while nothing is in it, nothing happens.) */
const faults: readonly { readonly name: string; strike(stage: Stage): void }[] = [
  { name: "is emptied while a worker is at work", strike: ({ world }) => empty(world) },
  { name: "is emptied with rings waiting", strike: (stage) => beforeNextRound(stage, () => empty(stage.world)) },
  {
    name: "is away for good",
    strike({ world }) {
      empty(world);
      world.redisRefuses = true;
    },
  },
  { name: "fails over to a copy without its last second", strike: ({ world }) => failOver(world) },
];

export const redisFaults = (): readonly Case[] =>
  recoveryPoints.flatMap(({ journey, place, means }) =>
    faults.map(
      ({ name, strike }): Case => ({
        block: "M4",
        name: `Redis ${name} when ${means}`,
        endsAs: journeys[journey],
        goesAs: journey,
        async run(stage) {
          stage.note({ what: "redis" });
          let struck = false;
          stage.world.fate = at(place, async () => {
            struck = true;
            strike(stage);
          });
          await journeys[journey].run(stage);
          if (!struck) throw new Error(`Nothing passed ${placeName(place)}`);
        },
      }),
    ),
  );

function empty(world: SimWorld): void {
  world.rung = [];
}

/** Everything rung in the last second is gone; whatever is older is, at worst, heard once more. */
function failOver(world: SimWorld): void {
  const second = world.clock.now().getTime() - 1000;
  world.rung = world.rings.filter(({ at: rungAt }) => rungAt.getTime() <= second).map(({ bell }) => bell);
}

function beforeNextRound({ life }: Stage, what: () => void): void {
  const usual = life.postman;
  life.postman = (events, deliver) => {
    life.postman = usual;
    what();
    return usual(events, deliver);
  };
}
