import type { Metadata } from "../objects/shared.ts";

/** The metadata after an update: keys not sent stay, the empty value takes a key away, null takes all. */
export function changedMetadata(before: Metadata, change: Metadata | null | undefined): Metadata {
  if (change === undefined) return before;
  if (change === null) return {};
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ""));
}
