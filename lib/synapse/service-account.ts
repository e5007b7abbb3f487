import { createHmac } from "node:crypto";
import { Unreachable } from "@/lib/errors.ts";
import { registrationSecret } from "./home-secrets.ts";
import { accepted, type Call, callHome } from "./unix-http.ts";

/** The account through which we administer a home. No person holds it; it is in no member list and no search. */
export const servicePart = "nameplate-service";
/** A way in of our own: a module in each home checks the proof (workers/homeserver, service_login.py). */
const loginType = "family.nameplate.service";

export interface ServiceSettings {
  readonly masterKey: string;
  /** Names this process's session. Two processes with one name would end each other's sessions. */
  readonly device: string;
}

/**
 * Signs the service account in; the home makes it where it is new. Returns an access token. No password is involved: a home
 * would spend a quarter of a second on hashing it, at birth and at each sign-in.
 */
export async function signInService(settings: ServiceSettings, socketPath: string, name: string): Promise<string> {
  const login: Call = {
    method: "POST",
    path: "/_matrix/client/v3/login",
    what: "sign the service account in",
    body: {
      type: loginType,
      identifier: { type: "m.id.user", user: servicePart },
      proof: createHmac("sha256", registrationSecret(settings.masterKey, name)).update(loginType).digest("hex"),
      device_id: settings.device,
      initial_device_display_name: "Nameplate",
    },
  };
  const answer = await callHome(socketPath, login);
  // Synapse says "wrong password" too when its database failed while the proof was looked at: asked again, it may know us.
  if (answer.status === 403)
    throw new Unreachable(`${login.what}: it does not know us`, { vendor: "Synapse", call: login.what, status: 403 });
  const token = accepted(login, answer)["access_token"];
  if (typeof token !== "string")
    throw new Unreachable(`${login.what}: no access token came`, { vendor: "Synapse", call: login.what });
  return token;
}
