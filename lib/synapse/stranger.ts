import { join } from "node:path";
import type { Stranger } from "@/lib/households/trials/ports.ts";
import type { Ids } from "@/lib/ids.ts";
import type { SynapseAccounts } from "./accounts.ts";
import { strangerAttempts } from "./stranger-attempts.ts";
import { type Answer, accepted, type Call, callHome } from "./unix-http.ts";

export interface StrangerSettings {
  /** The name of its home. */
  readonly home: string;
  readonly socketFolder: string;
  readonly accounts: Pick<SynapseAccounts, "administer" | "findAccount">;
  readonly ids: Ids;
  /** Makes the home where it is not there. */
  keepHome(): Promise<void>;
}

/** Whoever does see it, as a child who decides alone may, reads whose it is. */
const shownAs = "A trial by Nameplate, asked for by a parent";

/** A request of the stranger's app: any status is an answer. */
export type AsStranger = (call: Pick<Call, "method" | "path" | "body">) => Promise<Answer>;

/** The stranger's app speaks to its own home alone; from there everything goes over the network to the child's, as anybody's does. */
export function synapseStranger(settings: StrangerSettings): Stranger {
  const { home, socketFolder, accounts, ids, keepHome } = settings;
  const tokens = new Map<string, string>();
  const own = strangersAccounts(settings);

  async function signIn(part: string): Promise<string> {
    const token = await own.signIn(part);
    tokens.set(part, token);
    return token;
  }

  async function appOf(part: string): Promise<AsStranger> {
    const token = tokens.get(part) ?? (await signIn(part));
    return (call) => callHome(join(socketFolder, `${home}.sock`), { ...call, token, what: "try a child's rules" });
  }

  return {
    home,
    async arrive(part) {
      await keepHome();
      await own.make(part);
      await signIn(part);
    },
    async attempt(part, attempt, aim) {
      return strangerAttempts[attempt](await appOf(part), aim, ids);
    },
    async leave(part) {
      tokens.delete(part);
      const found = await accounts.findAccount(home, part);
      // Once it is closed its rooms are gone, too.
      if (!found || found.closed) return;
      await own.removeRooms(part);
      await own.close(part);
    },
  };
}

/** What our service account does at the stranger's home. */
function strangersAccounts({ home, accounts }: Pick<StrangerSettings, "home" | "accounts">) {
  const admin = async (call: Call) => accepted(call, await accounts.administer(home, call));
  const about = (under: string, part: string): string =>
    `/_synapse/admin/${under}/${encodeURIComponent(`@${part}:${home}`)}`;
  return {
    async make(part: string): Promise<void> {
      const body = { displayname: shownAs, admin: false };
      await admin({ method: "PUT", path: about("v2/users", part), body, what: "make the stranger's account" });
    },

    /** There is no password that could be guessed. */
    async signIn(part: string): Promise<string> {
      const path = `${about("v1/users", part)}/login`;
      const { access_token } = await admin({ method: "POST", path, body: {}, what: "sign the stranger in" });
      return String(access_token);
    },

    /** One that is gone already answers 404. */
    async removeRooms(part: string): Promise<void> {
      const path = `${about("v1/users", part)}/joined_rooms`;
      const { joined_rooms: rooms } = await admin({ method: "GET", path, what: "list the stranger's rooms" });
      for (const room of Array.isArray(rooms) ? rooms.map(String) : []) {
        const at = `/_synapse/admin/v1/rooms/${encodeURIComponent(room)}`;
        const call: Call = { method: "DELETE", path: at, body: { purge: true }, what: "remove a stranger's room" };
        const answer = await accounts.administer(home, call);
        if (answer.status !== 404) accepted(call, answer);
      }
    },

    /** Nobody signs in with it any more, and its name is never used again. */
    async close(part: string): Promise<void> {
      const path = about("v1/deactivate", part);
      await admin({ method: "POST", path, body: { erase: true }, what: "remove the stranger's account" });
    },
  };
}
