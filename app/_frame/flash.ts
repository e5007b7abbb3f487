import { cookies } from "next/headers";
import type { z } from "zod";
import { settings } from "./settings.ts";

/** Long enough for the next page to arrive. */
const seconds = 60;
const name = "typed";

/** In a server action: carries what was typed to the next page, so that an address of a person stands in no URL and no log. */
export async function carryTyped(
  typed: string,
  path: "/start" | "/sign-in" | "/withdraw" | "/home" | "/mine" | "/report" = "/start",
): Promise<void> {
  const secure = settings().WEB_URL.startsWith("https:");
  (await cookies()).set(name, typed, { httpOnly: true, secure, sameSite: "lax", path, maxAge: seconds });
}

/** The same of several answers, in letters that a cookie holds as they are: whatever was typed, it stays within what browsers keep. */
export const carryAll = (typed: object, path: Parameters<typeof carryTyped>[1]): Promise<void> =>
  carryTyped(Buffer.from(JSON.stringify(typed)).toString("base64url"), path);

/** What `carryAll` carried here, if it has this shape; undefined when nothing did, or somebody else wrote it. */
export async function carriedAll<T>(shape: z.ZodType<T>): Promise<T | undefined> {
  try {
    return shape.parse(JSON.parse(Buffer.from(await carriedTyped(), "base64url").toString()));
  } catch {
    return undefined;
  }
}

/** What the last action carried here; empty when nothing did. */
export const carriedTyped = async (): Promise<string> => (await cookies()).get(name)?.value ?? "";
