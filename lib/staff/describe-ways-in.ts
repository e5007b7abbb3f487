import { appState } from "@/lib/auth/app-state.ts";
import { appLink } from "@/lib/auth/begin-app.ts";
import { NameplateError } from "@/lib/errors.ts";
import { type Caller, mayChangeWaysIn, type WaysInTools } from "./may-change-ways-in.ts";
import { staffOf } from "./staff-of.ts";

/** How one of the staff signs in, and what this session may do about it. */
export interface WaysIn {
  readonly proven: boolean;
  /** After an enrolment, or in a proven session. */
  readonly maySetUp: boolean;
  readonly passkeys: number;
  readonly app: "none" | "begun" | "set-up";
  /** To be scanned: only while an app is begun, and only for who may set one up. */
  readonly appLink: string | undefined;
}

export async function describeWaysIn({ world, auth }: WaysInTools, { who, headers }: Caller): Promise<WaysIn> {
  const [proven, maySetUp] = await Promise.all([holds(staffOf(world, who)), holds(mayChangeWaysIn(world, who))]);
  return {
    proven,
    maySetUp,
    passkeys: await world.db.passkey.count({ where: { userId: who.userId } }),
    app: await appState(world.db, who),
    appLink: maySetUp ? await appLink(auth, world.db, who, headers) : undefined,
  };
}

async function holds(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof NameplateError) return false;
    throw error;
  }
}
