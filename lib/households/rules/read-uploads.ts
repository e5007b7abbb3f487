import type { Problem } from "@/lib/orders/problem.ts";

/** Megabytes that can be chosen: nothing, a picture, some pictures, a short film, and the most that the home's language has. */
export const uploadSizes = [0, 5, 20, 50] as const;
/** The most that a rule can say (rules.schema.json). */
const most = 50;

/** The largest file as it was chosen: megabytes, or null for as everybody at home. */
export function readUploads(typed: string): { readonly value: number | null; readonly problems: readonly Problem[] } {
  if (typed === "") return { value: null, problems: [] };
  const size = /^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN;
  if (size <= most) return { value: size, problems: [] };
  const field = { key: "family.rules.uploads" };
  return { value: null, problems: [{ at: "uploads", field, say: { key: "family.rules.errors.uploads" } }] };
}
