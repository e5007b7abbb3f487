import type { Stage } from "./case.ts";
import type { Journey } from "./journeys.ts";

/** Everything that came before a journey, from an empty world on. */
export async function tellBefore(stage: Stage, { after, before }: Journey): Promise<void> {
  if (after) await tell(stage, after);
  await before?.(stage);
}

/** A journey from the very beginning to its end. */
export async function tell(stage: Stage, journey: Journey): Promise<void> {
  await tellBefore(stage, journey);
  await journey.run(stage);
}
