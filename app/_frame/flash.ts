import { cookies } from "next/headers";
import { settings } from "./settings.ts";

/** Long enough for the next page to arrive. */
const seconds = 60;
const name = "typed";

/** In a server action: carries what was typed to the next page, so that an address of a person stands in no URL and no log. */
export async function carryTyped(
  typed: string,
  path: "/start" | "/sign-in" | "/withdraw" | "/home" = "/start",
): Promise<void> {
  const secure = settings().WEB_URL.startsWith("https:");
  (await cookies()).set(name, typed, { httpOnly: true, secure, sameSite: "lax", path, maxAge: seconds });
}

/** What the last action carried here; empty when nothing did. */
export const carriedTyped = async (): Promise<string> => (await cookies()).get(name)?.value ?? "";
