import { notFound } from "next/navigation";
import { cache } from "react";
import { NameplateError } from "@/lib/errors.ts";
import { describeLeave, type LeaveView } from "@/lib/households/describe-leave.ts";
import { isProven, type SignedInFor } from "@/lib/households/proven.ts";
import { web } from "@/lib/web.ts";
import { memberOf, mustBeSignedIn } from "../../_parts/member.ts";

/** Whoever is signed in, with the home of this name that is theirs. */
export const leaverOf = cache(async (name: string): Promise<SignedInFor> => {
  const [who, { tenantId }] = [await mustBeSignedIn(), await memberOf(name)];
  return { ...who, tenantId };
});

export interface LeaveHere {
  readonly who: SignedInFor;
  readonly leave: LeaveView;
  /** Whether they have just shown that it is them. */
  readonly proven: boolean;
}

/** How the leave of this name stands. To anybody but its owner there is no such page. */
export const leaveHere = cache(async (name: string): Promise<LeaveHere> => {
  const who = await leaverOf(name);
  try {
    const leave = await describeLeave(web().world, who);
    return { who, leave, proven: isProven(who, web().world.clock.now()) };
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});
