import type { Db } from "@/lib/db.ts";
import type { SignedIn } from "./signed-in.ts";

/** Takes the app away. Whether they keep another way in is the caller's to look at. */
export async function removeApp(db: Db, who: Pick<SignedIn, "userId">): Promise<void> {
  await db.$transaction([
    db.twoFactor.deleteMany({ where: { userId: who.userId } }),
    db.user.update({ where: { id: who.userId }, data: { twoFactorEnabled: false } }),
  ]);
}
