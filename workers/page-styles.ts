import additions from "../app/styles/additions.css";
import components from "../app/styles/components.css";
import lengths from "../app/styles/lengths.css";
import tokens from "../app/styles/tokens.css";

/** What is said of the pages that stand at a family's own name and nowhere else. */
const own = `
.porch__do { justify-items: center; width: 100%; max-width: 22rem; }
.porch__more { width: 100%; text-align: start; }
.porch__more ol { padding-inline-start: 1.25rem; }
`;

/**
 * The stylesheet published with every family's pages: the product's own, without its fonts. The stand-ins have the same
 * widths, and a family's page should need nothing but itself.
 */
export const pageStyles = (): string => {
  const withoutFonts = tokens.replaceAll(/@font-face\s*\{[^}]*url\([^}]*\}/g, "");
  return withoutComments([withoutFonts, components, lengths, additions, own].join("\n"));
};

const withoutComments = (css: string): string =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/\n\s*\n+/g, "\n")
    .trim();
