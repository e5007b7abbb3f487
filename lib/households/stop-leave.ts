import { readLink } from "@/lib/auth/read-link.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { NameLeave } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { ownedHome, type SignedInFor } from "./proven.ts";
import { tellOfLeave } from "./tell-of-leave.ts";

/** The owner thinks better of it, or never asked. It needs no fresh proof: whoever may read the page may stop it. */
export async function stopLeave(world: World, who: Pick<SignedInFor, "userId" | "tenantId">): Promise<void> {
  const home = await ownedHome(world, who);
  await stop(world, { open: home.id });
}

/** The same by the link in a letter, for whoever reads that mailbox. */
export async function stopLeaveByLink(world: World, token: string): Promise<void> {
  const link = await readLink(world, "stop-leave", token);
  if (link.state !== "good") throw new NameplateError("not-found", `A link to stop a leave is ${link.state}`);
  await stop(world, { id: link.subject });
}

/** What the page behind that link shows. `late`: its code was seen. */
export interface LeaveByLink {
  readonly state: "open" | "done" | "late" | "over";
  /** Empty where there is nothing to stop. */
  readonly name: string;
}

/** Only looks. */
export async function lookAtLeaveLink(world: Pick<World, "db" | "clock">, token: string): Promise<LeaveByLink> {
  const link = await readLink(world, "stop-leave", token);
  if (link.state !== "good") return { state: "over", name: "" };
  const leave = await world.db.nameLeave.findUnique({ where: { id: link.subject }, include: { tenant: true } });
  if (!leave) return { state: "over", name: "" };
  const { name } = leave.tenant;
  if (leave.open) return { state: mayStop(leave) ? "open" : "late", name };
  return { state: leave.endedHow === "stopped" ? "done" : "over", name };
}

/** Whether the family can stop it by itself: a code that was seen is in the world, and a person makes it void. */
export const mayStop = ({ open, shownAt, tag, givenAt }: NameLeave): boolean =>
  open !== null && !shownAt && !(tag && givenAt);

async function stop(world: World, which: { readonly open: string } | { readonly id: string }): Promise<void> {
  await world.db.$transaction(async (tx) => {
    const leave = await lockedLeave(tx, which);
    if (!leave?.open) return;
    if (!mayStop(leave))
      throw new NameplateError("changed-meanwhile", `The code of ${leave.id} was shown`, {
        key: "family.leave.errors.shown",
      });
    await endStopped(tx, world, leave);
  });
  await world.ring({ kind: "mail" });
}

async function lockedLeave(tx: Tx, which: { readonly open: string } | { readonly id: string }) {
  const found = await tx.nameLeave.findFirst({ where: which });
  if (!found) return null;
  await tx.$queryRaw`SELECT 1 FROM "NameLeave" WHERE "id" = ${found.id} FOR UPDATE`;
  return tx.nameLeave.findUnique({ where: { id: found.id } });
}

/** Ends one without the name having left; its code is forgotten. Where one was given, a person locks the name again. */
export async function endStopped(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  leave: Pick<NameLeave, "id" | "tenantId">,
): Promise<void> {
  await tx.nameLeave.update({
    where: { id: leave.id },
    data: { open: null, sealed: null, endedAt: world.clock.now(), endedHow: "stopped" },
  });
  await tellOfLeave(tx, world, leave, "leave-stopped");
}
