import { type Auth, freshSeconds } from "@/lib/auth/open-auth.ts";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Limiter } from "@/lib/queue/limit.ts";
import type { World } from "@/lib/world.ts";
import { isOnStaff, staffOf } from "./staff-of.ts";

/** What a person's browser brings: who they are, and the cookies that say so. */
export interface Caller {
  readonly who: SignedIn;
  readonly headers: Headers;
}
export interface WaysInTools {
  readonly world: Pick<World, "db" | "clock">;
  readonly auth: Auth;
  readonly limiter: Limiter;
}

/** Who opened an enrolment link has this long to set up how they sign in. */
const enrolSeconds = 3600;

/**
 * A new way in is worth as much as the session that adds it. For a family that is any session of today; for the staff a
 * link is not enough, or whoever reads their mail could make themselves a passkey.
 */
export async function mayChangeWaysIn({ db, clock }: WaysInTools["world"], who: SignedIn): Promise<void> {
  const within = (seconds: number) => secondsAfter(who.since, seconds) > clock.now();
  if (await isOnStaff({ db }, who.userId)) {
    if (who.factor === "enrol" && within(enrolSeconds)) return;
    await staffOf({ db, clock }, who);
    return;
  }
  if (!within(freshSeconds))
    throw new NameplateError("not-signed-in", "Signed in too long ago", { key: "signIn.passkeys.signInAgain" });
}
