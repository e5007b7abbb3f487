import type { Db } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { SignedIn } from "./signed-in.ts";

/** Their own only: somebody else's is not found. */
export async function removePasskey(db: Db, who: Pick<SignedIn, "userId">, id: string): Promise<void> {
  const gone = await db.passkey.deleteMany({ where: { id, userId: who.userId } });
  if (gone.count === 0) throw new NameplateError("not-found", `No passkey ${id} of theirs`);
}
