import { cookiesOf, type SetCookies } from "./cookies.ts";
import type { Factor } from "./factor.ts";
import type { Auth } from "./open-auth.ts";

/** A session for somebody whom the caller has recognised by `factor` a moment ago. */
export async function beginSessionFor(auth: Auth, userId: string, factor: Factor): Promise<SetCookies> {
  const begun = await auth.api.beginSession({ body: { userId, factor }, returnHeaders: true });
  return cookiesOf(begun.headers);
}
