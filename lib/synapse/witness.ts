import { z } from "zod";
import { Refused } from "@/lib/errors.ts";
import type { Witness } from "@/lib/households/trials/ports.ts";
import type { SynapseAccounts } from "./accounts.ts";
import { accepted, type Call } from "./unix-http.ts";

/** Of our own module in each home that has children (workers/homeserver/nameplate_rules/stranger_resource.py). */
const path = "/_synapse/client/nameplate/stranger";

const rooms = z.array(z.string());
const testimony = z
  .object({
    rules: z
      .object({
        ...{ stranger: z.enum(["ask", "refuse", "allow"]), join: z.enum(["contacts", "any"]) },
        ...{ servers: rooms, never: rooms },
      })
      .nullable(),
    ...{ invited: rooms, shown: rooms, joined: rooms, asked: rooms, device: z.string().nullable() },
    to_devices: z.object({ passed: z.int(), kept_out: z.int() }),
  })
  .transform(({ to_devices, ...same }) => ({
    ...same,
    toDevices: { passed: to_devices.passed, keptOut: to_devices.kept_out },
  }));

/** What a home says of one stranger, asked for by our service account. */
export const homeWitness = (accounts: Pick<SynapseAccounts, "administer">): Witness => ({
  async tell(name, { child, who }) {
    const query = new URLSearchParams({ child, who });
    const call: Call = { method: "GET", path: `${path}?${query}`, what: "hear what a stranger came to" };
    const read = testimony.safeParse(accepted(call, await accounts.administer(name, call)));
    if (!read.success) throw new Refused(`${call.what}: ${read.error.message}`, { vendor: "Synapse", call: call.what });
    return read.data;
  },

  async forget(name, { child, who }) {
    const call: Call = { method: "POST", path, what: "forget a stranger", body: { child, who, forget: true } };
    accepted(call, await accounts.administer(name, call));
  },
});
