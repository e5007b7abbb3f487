import type { Auth } from "@/lib/auth/open-auth.ts";
import { sendLink } from "@/lib/auth/send-link.ts";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { Log } from "@/lib/log.ts";
import type { World } from "@/lib/world.ts";
import { maySignIn } from "./may-sign-in.ts";

/** The link rests nowhere, so a mail server that is away is asked again here and now: after a second, and after five. */
const againAfterMs = [1000, 5000];

/** Sends a sign-in link to who may have one, and nothing to anybody else. Says neither: call it after the answer. */
export async function sendSignInLink(
  { world, auth, log }: { world: Pick<World, "db" | "clock">; auth: Auth; log: Log },
  email: string,
): Promise<void> {
  if (!(await maySignIn(world, email))) return;
  for (const wait of [...againAfterMs, undefined]) {
    try {
      await sendLink(auth, email);
      return;
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
      if (error instanceof Refused || wait === undefined) {
        log.warn({ err: error }, "A sign-in link could not be sent");
        return;
      }
      await world.clock.sleep(wait);
    }
  }
}
