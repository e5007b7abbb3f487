import { daysAfter } from "@/lib/clock.ts";
import type { Person } from "@/lib/generated/prisma/client.ts";

/** Who lives in a home. Whoever was taken out keeps their row: the address is theirs alone, and for a while they can come back. */
export const livesThere = { takenOutAt: null } as const;

/** For so long it can be undone, as every text about it says. */
const undoDays = 30;

export type Taken = Pick<Person, "takenOutAt" | "goneAt">;

/** Until when somebody who was taken out can be brought back. */
export const backUntil = (takenOutAt: Date): Date => daysAfter(takenOutAt, undoDays);

/** Taken out since this moment or before: nobody brings them back any more. */
export const tooLateSince = (now: Date): Date => daysAfter(now, -undoDays);

/** Whether somebody who was taken out can be brought back. */
export const mayComeBack = ({ takenOutAt, goneAt }: Taken, now: Date): boolean =>
  takenOutAt !== null && goneAt === null && now < backUntil(takenOutAt);
