import { APIError } from "better-auth/api";
import type { Db } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { Limiter } from "@/lib/queue/limit.ts";
import { appState } from "./app-state.ts";
import { cookiesOf, type SetCookies } from "./cookies.ts";
import { limits, takeTry } from "./limits.ts";
import type { Auth } from "./open-auth.ts";
import type { SignedIn } from "./signed-in.ts";

interface CodeTools {
  readonly auth: Auth;
  readonly db: Db;
  readonly limiter: Limiter;
}

/**
 * A right code begins a new session that counts as proven, and ends the old one. The first one switches the app on and
 * ends every session begun before. A code works once.
 */
export async function proveWithCode(
  { auth, db, limiter }: CodeTools,
  who: SignedIn,
  headers: Headers,
  typed: string,
): Promise<SetCookies> {
  const code = typed.replaceAll(/\D/g, "");
  const wrong = new NameplateError("bad-input", "The code is wrong", { key: "staff.prove.errors.code" });
  if (code.length !== 6) throw wrong;
  await takeTry(limiter, limits.codes, who.userId);
  const first = (await appState(db, who)) === "begun";
  try {
    await auth.api.verifyTOTP({ body: { code }, headers });
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    throw wrong;
  }
  const again = await limiter.take(limits.sameCode, `${who.userId}:${hashSecret(code)}`);
  if (!again.ok) throw wrong;
  await limiter.giveBack(limits.codes, who.userId);
  await db.session.deleteMany({ where: first ? { userId: who.userId } : { id: who.sessionId } });
  const begun = await auth.api.beginSession({ body: { userId: who.userId, factor: "totp" }, returnHeaders: true });
  return cookiesOf(begun.headers);
}
