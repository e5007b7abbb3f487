import { cookies } from "next/headers";
import type { SetCookies } from "@/lib/auth/cookies.ts";

/** Only in a server action: gives this browser what a verb of lib/auth made for it. */
export async function keepCookies(made: SetCookies): Promise<void> {
  const jar = await cookies();
  for (const { name, value, maxAge, secure } of made)
    jar.set(name, value, { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge });
}
