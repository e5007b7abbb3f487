import type { Said } from "@/lib/errors.ts";

/** What is wrong with one answer. */
export interface Problem {
  /** The `id` of the input it is about. */
  readonly at: string;
  /** What that input is called, for sentences that name it. */
  readonly field: Said;
  readonly say: Said;
}

/** A screen's answers, read: what they mean, or what is wrong with them. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };
