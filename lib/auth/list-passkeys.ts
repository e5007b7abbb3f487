import { getAuthenticatorName } from "@better-auth/passkey";
import type { Db } from "@/lib/db.ts";
import type { SignedIn } from "./signed-in.ts";

export interface PasskeyView {
  readonly id: string;
  /** What keeps it, such as `Windows Hello`; null where that does not say. */
  readonly keeper: string | null;
  /** ISO time. */
  readonly addedAt: string | null;
}

export async function listPasskeys(db: Db, who: Pick<SignedIn, "userId">): Promise<PasskeyView[]> {
  const rows = await db.passkey.findMany({ where: { userId: who.userId }, orderBy: { createdAt: "asc" } });
  return rows.map((row) => ({
    id: row.id,
    keeper: getAuthenticatorName(row.aaguid) ?? null,
    addedAt: row.createdAt?.toISOString() ?? null,
  }));
}
