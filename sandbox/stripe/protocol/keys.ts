import { timingSafeEqual } from "node:crypto";
import { noKey, wrongKey } from "./errors.ts";

/** `full` may do everything; `web` is the restricted key of a process that only sends people to payment pages. */
export type Power = "full" | "web";

export interface Keys {
  readonly full: string;
  readonly web: string;
}

/** What the key in an Authorization header may do. Throws Stripe's 401. */
export function powerOf(authorization: string | undefined, keys: Keys): Power {
  const given = keyIn(authorization);
  if (given === undefined) throw noKey();
  if (same(given, keys.full)) return "full";
  if (same(given, keys.web)) return "web";
  throw wrongKey(
    `${given.slice(0, 8)}${"*".repeat(Math.max(0, given.length - 12))}${given.length > 12 ? given.slice(-4) : ""}`,
  );
}

/** Bearer, or the user name of Basic, as `curl -u KEY:` sends it. */
function keyIn(authorization: string | undefined): string | undefined {
  const [scheme, value] = authorization?.split(" ") ?? [];
  if (!value) return undefined;
  if (scheme?.toLowerCase() === "bearer") return value;
  return scheme?.toLowerCase() === "basic" ? Buffer.from(value, "base64").toString("utf8").split(":")[0] : undefined;
}

const same = (a: string, b: string): boolean =>
  Buffer.byteLength(a) === Buffer.byteLength(b) && timingSafeEqual(Buffer.from(a), Buffer.from(b));
