"use client";

import { useTyped } from "./use-typed.ts";

/** A person's name as it is typed, or what stands there until then. */
export function LiveGiven({ input, given, otherwise }: { input: string; given: string; otherwise: string }) {
  return useTyped(input, given).trim() || otherwise;
}
