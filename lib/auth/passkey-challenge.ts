import { cookiesOf, type SetCookies } from "./cookies.ts";
import type { Auth } from "./open-auth.ts";

/** What a browser needs to ask for a passkey, as JSON of the Web Authentication standard, and the cookie that belongs to it. */
export interface Challenge {
  readonly cookies: SetCookies;
  readonly options: string;
}

/** For signing in: any passkey made for this site may answer. */
export async function passkeyToSignIn(auth: Auth): Promise<Challenge> {
  const { headers, response } = await auth.api.generatePasskeyAuthenticationOptions({
    headers: new Headers(),
    returnHeaders: true,
  });
  // The library only prefers it; `mustBeVerified` in open-auth.ts refuses answers without.
  return { cookies: cookiesOf(headers), options: JSON.stringify({ ...response, userVerification: "required" }) };
}

/** For adding one to the account of whoever is signed in. */
export async function passkeyToAdd(auth: Auth, headers: Headers): Promise<Challenge> {
  const made = await auth.api.generatePasskeyRegistrationOptions({ headers, returnHeaders: true });
  return { cookies: cookiesOf(made.headers), options: JSON.stringify(made.response) };
}
