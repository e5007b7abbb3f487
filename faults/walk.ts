import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { unpassed } from "./every-call.ts";
import { journeyNames, type Passed } from "./reference.ts";

/** Goes every journey once, in lanes side by side. A call of ours that none passes would have no cases: that is an error. */
export async function passEverything(urls: readonly string[]): Promise<readonly Passed[]> {
  const found: Passed[] = [];
  const walkLane = async (url: string, lane: number): Promise<void> => {
    const given = [url, String(lane), String(urls.length)];
    const env = { ...process.env, LOG_LEVEL: "silent" };
    const child = fork(join(import.meta.dirname, "reference-lane.ts"), given, { env });
    child.on("message", (passed) => found.push(passed as Passed));
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error(`A journey of lane ${lane} could not be gone: it ended with ${code}`);
  };
  await Promise.all(urls.map(walkLane));
  const without = unpassed(found);
  if (without.length > 0) throw new Error(`No journey passes by ${without.join(", ")}: these calls have no cases`);
  return found.sort((a, b) => journeyNames.indexOf(a.journey) - journeyNames.indexOf(b.journey));
}
