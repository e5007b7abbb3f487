import type { Db } from "@/lib/db.ts";
import { appState } from "./app-state.ts";
import type { Auth } from "./open-auth.ts";
import type { SignedIn } from "./signed-in.ts";

/** Makes a secret for an authenticator app; one that was begun and not finished is replaced. */
export async function beginApp(auth: Auth, headers: Headers): Promise<void> {
  await auth.api.enableTwoFactor({ body: { method: "totp" }, headers });
}

/** The link of a secret that is not in use yet, to be shown as a square. Never that of one in use. */
export async function appLink(auth: Auth, db: Db, who: SignedIn, headers: Headers): Promise<string | undefined> {
  if ((await appState(db, who)) !== "begun") return undefined;
  const { totpURI } = await auth.api.getTOTPURI({ body: {}, headers });
  return totpURI;
}
