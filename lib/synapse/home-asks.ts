import { z } from "zod";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { HomeAsk, HomeAsks } from "@/lib/provisioning/ports.ts";
import type { SynapseAccounts } from "./accounts.ts";
import { askHost } from "./host-line.ts";
import { accepted, type Call } from "./unix-http.ts";

/** Of our own module in each home that has children (workers/homeserver/nameplate_rules/asks_resource.py). */
const path = "/_synapse/client/nameplate/asks";

const time = z.int().transform((milliseconds) => new Date(milliseconds));
const ask = z
  .object({
    kind: z.enum(["invited", "wanted"]),
    child: z.string(),
    who: z.string(),
    room: z.string(),
    room_name: z.string().nullable(),
    asked: time,
    answer: z.enum(["allow", "later", "never"]).nullable(),
    done: time.nullable(),
  })
  .transform(
    ({ room_name, asked, done, ...same }): HomeAsk => ({
      ...same,
      roomName: room_name,
      askedAt: asked,
      doneAt: done,
    }),
  );
const all = z.object({ asks: z.array(ask) });

/** Questions to parents, asked for and answered by our service account. */
export function homeAsks(
  hostSocket: string,
  accounts: Pick<SynapseAccounts, "administer">,
  strangersHome?: string,
): HomeAsks {
  return {
    async list(name, sleeping) {
      // A request would wake it.
      if (sleeping === "leave" && (await askHost(hostSocket, { do: "state", name })).state !== "running")
        return undefined;
      const call: Call = { method: "GET", path, what: "read the questions to parents" };
      const read = all.safeParse(accepted(call, await accounts.administer(name, call)));
      if (!read.success)
        throw new Refused(`${call.what}: ${read.error.message}`, { vendor: "Synapse", call: call.what });
      // The stranger of our own asks no parent anything (decision 36): what is left of a trial is on its way out.
      return read.data.asks.filter(({ who }) => strangersHome === undefined || !who.endsWith(`:${strangersHome}`));
    },

    async answer(name, asked) {
      const call: Call = { method: "POST", path, what: "answer a question to parents", body: { ...asked } };
      const answer = await accounts.administer(name, call);
      // The module heard of the yes before it heard of the rules.
      if (answer.status === 409)
        throw new Unreachable(
          `${call.what}: the home's rules do not allow this person yet`,
          { vendor: "Synapse", call: call.what, status: 409 },
          "none",
        );
      accepted(call, answer);
    },
  };
}
