import { symbols } from "./icon-symbols.ts";

const defs = Object.entries(symbols)
  .map(([name, shape]) => `<symbol id="i-${name}" viewBox="0 0 24 24">${shape}</symbol>`)
  .join("");

/** All icons once a page, for `Icon` to point at. Our own constant markup, so it may go in as it is. */
export function Sprite() {
  return (
    <svg width="0" height="0" className="sprite" aria-hidden="true" focusable="false">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, nothing typed by anyone */}
      <defs dangerouslySetInnerHTML={{ __html: defs }} />
    </svg>
  );
}
