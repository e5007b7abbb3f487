import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { SimWorld } from "./world.ts";

/** Sam, who has just shown a passkey. */
export async function oneOfTheStaff({ database, clock, ids }: SimWorld): Promise<SignedIn> {
  const userId = ids.id("usr");
  await database.db.staffMember.create({ data: { userId, name: "Sam", role: "support", addedAt: clock.now() } });
  const email = "sam@nameplate.test";
  return { userId, sessionId: ids.id("ses"), email, emailVerified: true, factor: "passkey", since: clock.now() };
}
