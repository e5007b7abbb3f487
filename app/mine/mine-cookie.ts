import { cookies } from "next/headers";
import { openSeconds } from "@/lib/households/mine/mine-secret.ts";
import { settings } from "../_frame/settings.ts";

const secure = (): boolean => settings().WEB_URL.startsWith("https:");
/** Browsers take a name with this prefix only over HTTPS, for the whole site, and from no other host. */
const cookieName = (): string => (secure() ? "__Host-mine" : "mine");

/** The secret that opens somebody's own page in this browser, or undefined where none is open. */
export const readMineSecret = async (): Promise<string | undefined> =>
  (await cookies()).get(cookieName())?.value || undefined;

/** Only in a server action: opens the page in this browser, for an hour. */
export async function keepMineSecret(secret: string): Promise<void> {
  const about = { httpOnly: true, secure: secure(), sameSite: "strict", path: "/", maxAge: openSeconds } as const;
  (await cookies()).set(cookieName(), secret, about);
}

export async function dropMineSecret(): Promise<void> {
  (await cookies()).delete(cookieName());
}
