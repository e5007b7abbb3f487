import type { symbols } from "./icon-symbols.ts";

export type IconName = keyof typeof symbols;

/** One picture of the sprite in the page's frame. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
