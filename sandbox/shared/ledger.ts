import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "@/lib/clock.ts";

/** One thing that happened. Each stand-in has a union of its own kinds. */
export interface Happening {
  readonly kind: string;
}
export type Entry<H extends Happening> = H & { readonly at: string };

/** Everything that ever happened in a stand-in. State is always a fold over it, so a restart forgets nothing. */
export interface Ledger<H extends Happening> {
  /** Writes one line before it returns, then tells every follower. */
  append(happening: H): Entry<H>;
  /** The same for things that happen together: one line holds them all, so a crash keeps all or none. */
  appendAll(happenings: readonly H[]): readonly Entry<H>[];
  entries(kind?: string): readonly Entry<H>[];
  /** Calls `apply` for every entry so far, then for each new one. */
  follow(apply: (entry: Entry<H>) => void): void;
}

/** `file` is JSON lines; it and its folder are made when missing. Throws when a line before the last is damaged. */
export function openLedger<H extends Happening>(file: string, clock: Clock): Ledger<H> {
  mkdirSync(dirname(file), { recursive: true });
  const entries = replay<H>(file);
  const followers: ((entry: Entry<H>) => void)[] = [];
  const appendAll = (happenings: readonly H[]): readonly Entry<H>[] => {
    if (happenings.length === 0) return [];
    const at = clock.now().toISOString();
    const added = happenings.map((happening): Entry<H> => ({ ...happening, at }));
    appendFileSync(file, `${JSON.stringify(added.length === 1 ? added[0] : added)}\n`, { mode: 0o600 });
    entries.push(...added);
    for (const entry of added) for (const apply of followers) apply(entry);
    return added;
  };
  return {
    append(happening) {
      const [entry] = appendAll([happening]);
      if (!entry) throw new Error("the ledger did not take the entry");
      return entry;
    },
    appendAll,
    entries: (kind) => (kind === undefined ? [...entries] : entries.filter((entry) => entry.kind === kind)),
    follow(apply) {
      for (const entry of entries) apply(entry);
      followers.push(apply);
    },
  };
}

/** A process killed while it wrote leaves half a line at the end. Nobody was answered for it, so it never happened. */
function replay<H extends Happening>(file: string): Entry<H>[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(file, whole);
  const lines = bytes.subarray(0, whole).toString("utf8").split("\n");
  return lines.filter((line) => line !== "").flatMap((line) => JSON.parse(line) as Entry<H> | Entry<H>[]);
}
