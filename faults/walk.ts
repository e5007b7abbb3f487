import type { Seat } from "./databases.ts";
import { unpassed } from "./every-call.ts";
import { runLane } from "./hand-out.ts";
import { journeyNames, type Passed } from "./reference.ts";

/** Goes every journey once, in lanes side by side. A call of ours that none passes would have no cases: that is an error. */
export async function passEverything(seats: readonly Seat[]): Promise<readonly Passed[]> {
  const found: Passed[] = [];
  const left = [...journeyNames];
  const lane = ({ url, core }: Seat) => ({
    core,
    file: new URL("reference-lane.ts", import.meta.url),
    args: [url],
    next: () => left.shift(),
    heard: (passed: Passed) => void found.push(passed),
  });
  await Promise.all(seats.map((seat) => runLane(lane(seat))));
  const without = unpassed(found);
  if (without.length > 0) throw new Error(`No journey passes by ${without.join(", ")}: these calls have no cases`);
  return found.sort((a, b) => journeyNames.indexOf(a.journey) - journeyNames.indexOf(b.journey));
}
