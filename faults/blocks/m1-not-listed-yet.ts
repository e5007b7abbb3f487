import { at, type Case } from "../case.ts";
import { going } from "../reference.ts";
import type { SimWorld } from "../world/world.ts";

/** How long a registrar may take to list what it sold: a moment, longer than two looks of ours, long. */
const delays = [20, 90, 1500];

/** The registrar says "done" and then, for a while, that there is no such name and that it is free; or it works on what nobody was told it has. */
export const notListedYet = (): readonly Case[] => [
  ...delays.map(
    (seconds): Case => ({
      block: "M1",
      name: `a name is not listed yet for ${seconds} seconds after it was bought`,
      ends: ["ready"],
      run: going("buying", async ({ world }) => {
        const bought = { kind: "call", moment: "after", name: "registrar.register", nth: 1 } as const;
        world.fate = at(bought, async () => hide(world, "smith.family", seconds));
      }),
    }),
  ),
  ...(["500-after", "timeout-after", "malformed"] as const).map(
    (kind): Case => ({
      block: "M1",
      name: `the registry works on an order for two and a half minutes whose answer was lost (${kind})`,
      ends: ["ready"],
      run: going("buying", async ({ world: { vendors } }) => {
        await vendors.tell("cloudflare", "PUT", "/registrations/next", { outcome: "pending", afterMs: 150_000 });
        vendors.cloudflareFaults.plan({ call: "registrations.create", kind, times: 1, ms: 0, skip: 0 });
      }),
    }),
  ),
];

function hide({ vendors, clock }: SimWorld, name: string, seconds: number): void {
  const { registrations, workflows } = vendors.registry;
  const [registration, workflow] = [registrations.get(name), workflows.get(name)];
  registrations.delete(name);
  workflows.delete(name);
  void clock.sleep(seconds * 1000).then(() => {
    if (registration) registrations.set(name, registration);
    if (workflow) workflows.set(name, workflow);
  });
}
