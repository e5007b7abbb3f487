import { createHmac } from "node:crypto";
import { Unreachable } from "@/lib/errors.ts";
import { registrationSecret, servicePassword } from "./home-secrets.ts";
import { accepted, type Call, callHome } from "./unix-http.ts";

/** The account through which we administer a home. No person holds it; it is in no member list and no search. */
export const servicePart = "nameplate-service";

export interface ServiceSettings {
  readonly masterKey: string;
  /** Names this process's session. Two processes with one name would end each other's sessions. */
  readonly device: string;
}

/** Signs the service account in, and makes it first where the home is new. Returns an access token. */
export async function signInService(settings: ServiceSettings, socketPath: string, name: string): Promise<string> {
  const password = servicePassword(settings.masterKey, name);
  const login: Call = {
    method: "POST",
    path: "/_matrix/client/v3/login",
    what: "sign the service account in",
    body: {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: servicePart },
      password,
      device_id: settings.device,
      initial_device_display_name: "Nameplate",
    },
  };
  const answer = await callHome(socketPath, login);
  // 403 is Synapse's answer for an account that does not exist, given at once and without hashing anything.
  if (answer.status === 403) return registerService(settings, socketPath, name, password);
  return tokenOf(login, accepted(login, answer));
}

async function registerService(
  { masterKey, device }: ServiceSettings,
  socketPath: string,
  name: string,
  password: string,
): Promise<string> {
  const path = "/_synapse/admin/v1/register";
  const asking: Call = { method: "GET", path, what: "ask to make the service account" };
  const nonce = accepted(asking, await callHome(socketPath, asking))["nonce"];
  // A user of the type "support" is left out of the user directory and of the count of active members.
  const parts = [String(nonce), servicePart, password, "admin", "support"];
  const making: Call = {
    method: "POST",
    path,
    what: "make the service account",
    body: {
      nonce,
      username: servicePart,
      password,
      admin: true,
      user_type: "support",
      displayname: "Nameplate",
      device_id: device,
      initial_device_display_name: "Nameplate",
      mac: createHmac("sha1", registrationSecret(masterKey, name)).update(parts.join("\0")).digest("hex"),
    },
  };
  return tokenOf(making, accepted(making, await callHome(socketPath, making)));
}

function tokenOf(call: Call, body: Readonly<Record<string, unknown>>): string {
  const token = body["access_token"];
  if (typeof token !== "string")
    throw new Unreachable(`${call.what}: no access token came`, { vendor: "Synapse", call: call.what });
  return token;
}
