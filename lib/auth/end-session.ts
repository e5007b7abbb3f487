import { cookiesOf, type SetCookies } from "./cookies.ts";
import type { Auth } from "./open-auth.ts";

/** Signs out: the session's row goes, so that a copy of the cookie is worth nothing. */
export async function endSession(auth: Auth, headers: Headers): Promise<SetCookies> {
  const ended = await auth.api.signOut({ headers, returnHeaders: true });
  return cookiesOf(ended.headers);
}
