import type { Clock } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
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

interface Found {
  readonly session: { readonly id: string; readonly createdAt: Date };
  readonly user: { readonly id: string; readonly email: string; readonly emailVerified: boolean };
}

export function signedInFrom({ session, user }: Found): SignedIn {
  const factor = "factor" in session ? session.factor : undefined;
  return {
    userId: user.id,
    sessionId: session.id,
    email: user.email,
    emailVerified: user.emailVerified,
    factor: isFactor(factor) ? factor : "link",
    since: session.createdAt,
  };
}

/** Who sent these cookies. Reads the database each time: a session that was ended is over at once, and one ends by our clock. */
export async function signedIn(auth: Auth, clock: Clock, headers: Headers): Promise<SignedIn | undefined> {
  const found = await auth.api.getSession({ headers, query: { disableCookieCache: true } });
  return found && found.session.expiresAt > clock.now() ? signedInFrom(found) : undefined;
}

/** A new session takes the place of the one this browser had: the old cookie is worth nothing afterwards. */
export async function forgetSession(db: Db, before: SignedIn | undefined): Promise<void> {
  if (before) await db.session.deleteMany({ where: { id: before.sessionId } });
}
