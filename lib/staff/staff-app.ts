import { appState } from "@/lib/auth/app-state.ts";
import { appLink, beginApp } from "@/lib/auth/begin-app.ts";
import type { SetCookies } from "@/lib/auth/cookies.ts";
import { proveWithCode } from "@/lib/auth/prove-with-code.ts";
import { NameplateError } from "@/lib/errors.ts";
import { type Caller, mayChangeWaysIn, type WaysInTools } from "./may-change-ways-in.ts";
import { isOnStaff } from "./staff-of.ts";

/** An authenticator app is for the staff; families have no use for one. */
async function mustBeOnStaff(world: WaysInTools["world"], userId: string): Promise<void> {
  if (!(await isOnStaff(world, userId))) throw new NameplateError("not-found", "Not on the staff");
}

/** Makes a secret for an app. It counts when its first code was shown. */
export async function beginStaffApp({ world, auth }: WaysInTools, { who, headers }: Caller): Promise<void> {
  await mustBeOnStaff(world, who.userId);
  await mayChangeWaysIn(world, who);
  await beginApp(auth, headers);
}

/** The link to scan, while the app is begun and not yet in use. */
export async function staffAppLink(
  { world, auth }: WaysInTools,
  { who, headers }: Caller,
): Promise<string | undefined> {
  await mustBeOnStaff(world, who.userId);
  await mayChangeWaysIn(world, who);
  return appLink(auth, world.db, who, headers);
}

/** Takes a code: switches an app on that was begun, or proves this session. */
export async function showCode(
  { world, auth, limiter }: WaysInTools,
  { who, headers }: Caller,
  code: string,
): Promise<SetCookies> {
  await mustBeOnStaff(world, who.userId);
  if ((await appState(world.db, who)) !== "set-up") await mayChangeWaysIn(world, who);
  return proveWithCode({ auth, db: world.db, limiter }, who, headers, code);
}
