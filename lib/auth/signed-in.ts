import { type Factor, isFactor } from "./factor.ts";
import type { Auth } from "./open-auth.ts";

/** Somebody with a session. Verbs take this and ask their own tables what it allows; by itself it allows nothing. */
export interface SignedIn {
  readonly userId: string;
  readonly sessionId: string;
  /** In lower case. */
  readonly email: string;
  /** Whether a link in that mailbox was ever used. */
  readonly emailVerified: boolean;
  readonly factor: Factor;
  /** When this session began. */
  readonly since: Date;
}

/** Who sent these cookies. Reads the database each time: a session that was ended is over at once. */
export async function signedIn(auth: Auth, headers: Headers): Promise<SignedIn | undefined> {
  const found = await auth.api.getSession({ headers, query: { disableCookieCache: true } });
  if (!found) return undefined;
  const { session, user } = found;
  return {
    userId: user.id,
    sessionId: session.id,
    email: user.email,
    emailVerified: user.emailVerified,
    factor: isFactor(session.factor) ? session.factor : "link",
    since: session.createdAt,
  };
}
