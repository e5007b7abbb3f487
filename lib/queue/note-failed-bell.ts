import type { Clock } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
import { wordsOfError } from "@/lib/errors.ts";
import type { Bell } from "@/lib/world.ts";
import { afterFailure } from "./after-failure.ts";
import { bellId } from "./bell-shape.ts";

/** A bell could not be answered: from now on it waits its turn, which comes ever later (lib/queue/after-failure.ts). */
export async function noteFailedBell(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  bell: Bell,
  error: unknown,
): Promise<void> {
  const [id, now] = [bellId(bell), clock.now()];
  const before = await db.failedBell.findUnique({ where: { id } });
  const firstAt = before?.firstAt ?? now;
  const after = { ...afterFailure({ tries: before?.tries ?? 0, firstAt }, error, now), detail: wordsOfError(error) };
  await db.failedBell.upsert({ where: { id }, create: { id, bell: { ...bell }, firstAt, ...after }, update: after });
}

/** It was answered: nothing is left to try again. */
export async function forgetFailedBell({ db }: { readonly db: Db }, bell: Bell): Promise<void> {
  await db.failedBell.deleteMany({ where: { id: bellId(bell) } });
}
