import { addPasskey } from "@/lib/auth/add-passkey.ts";
import { beginSessionFor } from "@/lib/auth/begin-session-for.ts";
import type { SetCookies } from "@/lib/auth/cookies.ts";
import { type Challenge, passkeyToAdd } from "@/lib/auth/passkey-challenge.ts";
import { type Caller, mayChangeWaysIn, type WaysInTools } from "./may-change-ways-in.ts";

/** What the browser needs to make a passkey. For families as for staff; only who may is different. */
export async function askForNewPasskey({ world, auth }: WaysInTools, { who, headers }: Caller): Promise<Challenge> {
  await mayChangeWaysIn(world, who);
  return passkeyToAdd(auth, headers);
}

/** Keeps it. After an enrolment the first passkey begins the first proven session, and ends the others. */
export async function keepNewPasskey(
  { world, auth }: WaysInTools,
  { who, headers }: Caller,
  answer: string,
): Promise<SetCookies> {
  await mayChangeWaysIn(world, who);
  await addPasskey(auth, headers, answer);
  if (who.factor !== "enrol") return [];
  await world.db.session.deleteMany({ where: { userId: who.userId } });
  return beginSessionFor(auth, who.userId, "passkey");
}
