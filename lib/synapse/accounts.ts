import { join } from "node:path";
import { Refused } from "@/lib/errors.ts";
import type { Accounts } from "@/lib/provisioning/ports.ts";
import { checkHomeName } from "./home-folder.ts";
import { type ServiceSettings, servicePart, signInService } from "./service-account.ts";
import { type Answer, accepted, type Call, callHome } from "./unix-http.ts";

export interface AccountsSettings extends ServiceSettings {
  readonly socketFolder: string;
}

/** Accounts by Synapse's own passwords. Nothing else in the product touches a home's admin API. */
export interface SynapseAccounts extends Accounts {
  /** Whether a login with this account could succeed: it exists, is not locked, and the home takes passwords. */
  canSignIn(name: string, part: string): Promise<boolean>;
  /** A token of our service account on this home, kept in memory only. */
  adminToken(name: string): Promise<string>;
  /** One request to a home as our service account. Any HTTP status is an answer. */
  administer(name: string, call: Call): Promise<Answer>;
}

export function synapseAccounts(settings: AccountsSettings): SynapseAccounts {
  const tokens = new Map<string, Promise<string>>();
  const socketOf = (name: string) => join(settings.socketFolder, `${name}.sock`);

  function adminToken(name: string): Promise<string> {
    checkHomeName(name);
    const known = tokens.get(name);
    if (known) return known;
    const signingIn = signInService(settings, socketOf(name), name);
    tokens.set(name, signingIn);
    signingIn.catch(() => tokens.delete(name));
    return signingIn;
  }

  /** An old token may have ended with the home it was for: one fresh sign-in, then the answer stands. */
  async function administer(name: string, call: Call): Promise<Answer> {
    const token = adminToken(name);
    const answer = await callHome(socketOf(name), { ...call, token: await token });
    if (answer.status !== 401) return answer;
    if (tokens.get(name) === token) tokens.delete(name);
    return callHome(socketOf(name), { ...call, token: await adminToken(name) });
  }

  /** Everything that they uploaded, a hundred at a time; refused where something is left that cannot be deleted. */
  async function deleteMedia(name: string, part: string): Promise<void> {
    const path = `${userPath("v1/users", name, part)}/media?limit=100`;
    const look: Call = { method: "GET", path, what: "count what somebody uploaded" };
    const call: Call = { method: "DELETE", path, what: "delete what somebody uploaded" };
    for (;;) {
      const there = await administer(name, look);
      if (there.status === 404 || Number(accepted(look, there)["total"]) === 0) return;
      if (Number(accepted(call, await administer(name, call))["total"]) === 0)
        throw new Refused("Something they uploaded cannot be deleted", { vendor: "Synapse", call: call.what });
    }
  }

  const accounts: SynapseAccounts = {
    adminToken,
    administer,

    async findAccount(name, part) {
      const call: Call = { method: "GET", path: userPath("v2/users", name, part), what: "find an account" };
      const answer = await administer(name, call);
      if (answer.status === 404) return undefined;
      const body = accepted(call, answer);
      const displayName = body["displayname"];
      return {
        displayName: typeof displayName === "string" ? displayName : null,
        locked: body["locked"] === true,
        closed: body["deactivated"] === true,
        erased: body["erased"] === true,
      };
    },

    async ensureAccount(name, person) {
      if (person.part === servicePart)
        throw new Refused(`${servicePart} is our own account`, { vendor: "Synapse", call: "make an account" });
      // The name shown belongs to its person: an account that is there is left as it is.
      if (await accounts.findAccount(name, person.part)) return;
      const call: Call = {
        method: "PUT",
        path: userPath("v2/users", name, person.part),
        what: "make an account",
        // Without a password: nobody can sign in before the person chose one, and no hash is waited for.
        body: { displayname: person.given, admin: false },
      };
      accepted(call, await administer(name, call));
    },

    async setSecret(name, part, secret) {
      const call: Call = {
        method: "POST",
        path: userPath("v1/reset_password", name, part),
        what: "set a password",
        body: { new_password: secret, logout_devices: true },
      };
      accepted(call, await administer(name, call));
    },

    async lockAccount(name, part, locked) {
      // The call would make one that is not there.
      if (!(await accounts.findAccount(name, part))) throw nobodyThere("lock an account");
      const path = userPath("v2/users", name, part);
      const call: Call = { method: "PUT", path, what: "lock an account", body: { locked } };
      accepted(call, await administer(name, call));
    },

    async closeAccount(name, part, { erase }) {
      // While the account stands, so that whoever is cut off here begins again.
      if (erase) await deleteMedia(name, part);
      const path = userPath("v1/deactivate", name, part);
      // Erasing hides what they wrote from whoever comes to a room later; without being asked for that nobody loses it.
      const call: Call = { method: "POST", path, what: "close an account", body: { erase } };
      accepted(call, await administer(name, call));
    },

    async canSignIn(name, part) {
      const found = await accounts.findAccount(name, part);
      if (!found || found.locked || found.closed) return false;
      const call: Call = { method: "GET", path: "/_matrix/client/v3/login", what: "read the ways to sign in" };
      const flows = accepted(call, await callHome(socketOf(name), call))["flows"];
      return Array.isArray(flows) && flows.some((flow: { type?: unknown }) => flow.type === "m.login.password");
    },
  };
  return accounts;
}

const nobodyThere = (call: string) => new Refused("No such account", { vendor: "Synapse", call });

const userPath = (under: string, name: string, part: string): string =>
  `/_synapse/admin/${under}/${encodeURIComponent(`@${part}:${name}`)}`;
