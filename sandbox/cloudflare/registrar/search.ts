import type { World } from "../world.ts";
import { askRegistry, describe } from "./ask-registry.ts";
import { dashboardOnly, extensions } from "./extensions.ts";

/** Suggestions for a word, a phrase or a name, nearest first; undefined when it is only an ending. */
export function suggest(
  world: World,
  asked: { readonly q: string; readonly only: readonly string[]; readonly limit: number },
) {
  const q = asked.q.trim().toLowerCase();
  if (isEnding(q.replace(/^\./, ""))) return undefined;
  const endings = Object.keys(extensions).filter((ending) => asked.only.length === 0 || asked.only.includes(ending));
  const label = (q.includes(".") ? q.slice(0, q.indexOf(".")) : q).replace(/[^\p{L}\p{N}-]+/gu, "");
  if (label === "") return [];
  const labels = [label, `the${label}`, `${label}family`, `my${label}`, `${label}home`, `the-${label}`, `${label}s`];
  const names = new Set([q, ...labels.flatMap((one) => endings.map((ending) => `${one}.${ending}`))]);
  return (
    [...names]
      .map((name) => askRegistry(world, name))
      .filter((one) => one !== undefined)
      // Endings that cannot be bought here do not appear in results.
      .filter((one) => endings.includes(one.name.slice(one.name.indexOf(".") + 1)))
      .slice(0, asked.limit)
      .map(describe)
  );
}

const isEnding = (q: string): boolean => q in extensions || dashboardOnly.includes(q);
