import type { Factor } from "@/lib/auth/factor.ts";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";

/** Somebody on the staff who has shown a passkey or a code in this very session. */
export interface Staff {
  readonly userId: string;
  readonly name: string;
}

/** A working day: after it a passkey or a code is asked for again. */
export const staffSeconds = 8 * 3600;

const proofs: readonly Factor[] = ["passkey", "totp"];

/**
 * The authorisation of every verb in this folder. To anybody else the staff pages do not exist (`not-found`); one of the
 * staff who came in by a link alone, or too long ago, is asked for a passkey or a code (`not-signed-in`).
 */
export async function staffOf({ db, clock }: Pick<World, "db" | "clock">, who: SignedIn | undefined): Promise<Staff> {
  const member = who ? await db.staffMember.findUnique({ where: { userId: who.userId } }) : null;
  if (!who || !member) throw new NameplateError("not-found", "Not on the staff");
  if (!proofs.includes(who.factor) || secondsAfter(who.since, staffSeconds) <= clock.now())
    throw new NameplateError("not-signed-in", "On the staff, and not proven in this session");
  return { userId: member.userId, name: member.name };
}

export const isOnStaff = async ({ db }: Pick<World, "db">, userId: string): Promise<boolean> =>
  (await db.staffMember.findUnique({ where: { userId }, select: { userId: true } })) !== null;
