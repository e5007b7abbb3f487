/** What a customer meets, and what is told of them afterwards. */
import type { Mishap } from "./mishaps.ts";
import type { Outside } from "./outside.ts";
import type { Registry } from "./registry.ts";

/** What the last page they saw says. `stranded`: they saw no end before we stopped waiting. */
export type End = "ready" | "refunded" | "lost" | "stranded";

/** What a page said at a moment, in the product's own word for it. */
export interface Shown {
  readonly name: string;
  readonly at: string;
  readonly phase: "done" | "refunded" | "unpaid";
  /** Told that it is ready they look for themselves: the key that the home signs with. */
  readonly key?: string | undefined;
}

export interface Story {
  readonly name: string;
  readonly mishap: Mishap;
  readonly end: End;
  /** Pages that failed, each tried again. */
  readonly failures: readonly string[];
  readonly shown: readonly Shown[];
  /** Where they stood at last. */
  readonly at: string;
}

export interface Street {
  readonly web: string;
  readonly registry: Registry;
  readonly outside: Outside;
  /** Aborted once nobody waits any longer. */
  readonly over: AbortSignal;
}
