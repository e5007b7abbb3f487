import type { Db } from "@/lib/db.ts";
import type { SignedIn } from "./signed-in.ts";

/** How far an authenticator app is set up: `begun` until its first code was right. */
export async function appState(db: Db, who: Pick<SignedIn, "userId">): Promise<"none" | "begun" | "set-up"> {
  const row = await db.twoFactor.findFirst({ where: { userId: who.userId } });
  if (!row) return "none";
  return row.verified ? "set-up" : "begun";
}
