import { cookies } from "next/headers";
import type { OrderKey } from "@/lib/orders/own-order.ts";
import { settings } from "./settings.ts";

/** As long as a draft waits. */
const seconds = 30 * 86_400;

const secure = (): boolean => settings().WEB_URL.startsWith("https:");
/** Browsers take a name with this prefix only over HTTPS, for the whole site, and from no other host. */
const cookieName = (): string => (secure() ? "__Host-order" : "order");

/** The secret that opens this browser's order, or undefined when none is begun. */
export async function readOrderKey(): Promise<OrderKey | undefined> {
  return (await cookies()).get(cookieName())?.value || undefined;
}

/** Only in a server action or a route: gives this browser the key, for 30 days from now. */
export async function keepOrderKey(key: OrderKey): Promise<void> {
  (await cookies()).set(cookieName(), key, {
    httpOnly: true,
    secure: secure(),
    // Lax, not strict: the payment page leads back to us.
    sameSite: "lax",
    path: "/",
    maxAge: seconds,
  });
}
