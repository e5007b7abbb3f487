import { createHash } from "node:crypto";
import type { Ids } from "@/lib/ids.ts";

/** Ids and secrets that a seed repeats. */
export function seededIds(seed: string): Ids {
  let made = 0;
  const next = (): Buffer => createHash("sha256").update(`${seed}:${++made}`).digest();
  return {
    id: (kind) => `${kind}_${next().toString("hex").slice(0, 32)}`,
    secret: () => next().toString("base64url"),
  };
}
