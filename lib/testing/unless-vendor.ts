import { Refused, Unreachable } from "@/lib/errors.ts";

/** For tests only: what a vendor refuses or does not answer goes to the log, as in a worker; a bug of ours does not pass for that. */
export function unlessVendor(error: unknown): undefined {
  if (error instanceof Refused || error instanceof Unreachable) return undefined;
  throw error;
}
