/** What somebody showed when their session began. */
export type Factor = "link" | "passkey" | "totp" | "enrol";

const factors: readonly string[] = ["link", "passkey", "totp", "enrol"] satisfies readonly Factor[];
export const isFactor = (word: unknown): word is Factor => typeof word === "string" && factors.includes(word);

/** A passkey's path says it; a session of our own making (begin-session.ts) brings it along; all else is a link. */
export function factorOf(path: string | undefined, session: Readonly<Record<string, unknown>>): Factor {
  if (path === "/passkey/verify-authentication") return "passkey";
  return isFactor(session["factor"]) ? session["factor"] : "link";
}
