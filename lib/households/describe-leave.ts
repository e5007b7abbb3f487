import type { NameLeave } from "@/lib/generated/prisma/client.ts";
import type { Facts } from "@/lib/provisioning/step.ts";
import { codeUntil, doneBy, leavesBy } from "@/lib/tenants/leave-rules.ts";
import type { World } from "@/lib/world.ts";
import { ownedHome, type SignedInFor } from "./proven.ts";
import { mayStop } from "./stop-leave.ts";
import { type Hold, whyNotLeave } from "./why-not-leave.ts";

/** `waits`: a day passes. `asked`: a person here is to do it. `ready`: the family can go. `leaving`: another registrar asks for it. */
export type LeaveState = "none" | "waits" | "asked" | "ready" | "leaving" | "left";

/** A name on its way to another registrar, for its owner. */
export interface LeaveView {
  readonly name: string;
  readonly by: "code" | "tag";
  readonly state: LeaveState;
  readonly holds: readonly Hold[];
  readonly askedAt: Date | null;
  readonly waitsUntil: Date | null;
  /** When a person of ours has done it at the latest. */
  readonly doneBy: Date | null;
  /** Until when the code is kept, and works. */
  readonly codeUntil: Date | null;
  readonly shown: boolean;
  readonly tag: string | null;
  readonly mayStop: boolean;
  readonly leftAt: Date | null;
}

export async function describeLeave(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Pick<SignedInFor, "userId" | "tenantId">,
): Promise<LeaveView> {
  const home = await ownedHome({ db }, who);
  const leave = await db.nameLeave.findUnique({ where: { open: home.id } });
  const domain = await db.stepState.findUnique({ where: { tenantId_step: { tenantId: home.id, step: "domain" } } });
  const leaving = ((domain?.facts ?? {}) as Partial<Facts["domain"]>).leaving === true;
  const now = clock.now();
  return {
    ...{ name: home.name, by: leavesBy(home.name), leftAt: home.nameLeftAt },
    state: home.nameLeftAt ? "left" : stateOf(leave, leaving, now),
    holds: home.nameLeftAt ? [] : await whyNotLeave(db, home, now),
    askedAt: leave?.askedAt ?? null,
    waitsUntil: leave?.waitsUntil ?? null,
    doneBy: leave ? doneBy(leave) : null,
    codeUntil: leave?.givenAt ? codeUntil(leave.givenAt) : null,
    shown: leave?.shownAt != null,
    tag: leave?.tag ?? null,
    mayStop: leave !== null && mayStop(leave),
  };
}

function stateOf(leave: NameLeave | null, leaving: boolean, now: Date): LeaveState {
  if (!leave) return "none";
  if (!leave.givenAt) return leave.waitsUntil > now ? "waits" : "asked";
  return leaving ? "leaving" : "ready";
}
