import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { style } from "./style.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/**
 * Nothing on these pages loads or runs anything; a mail's own HTML is shown inside a frame that may not either.
 * `mayLeadTo` are origins to which a form's answer may redirect (browsers check that too).
 */
export const pageHeaders = (...mayLeadTo: readonly string[]): Record<string, string> => ({
  "Content-Security-Policy": [
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    ["form-action 'self'", ...mayLeadTo].join(" "),
  ].join("; "),
  "Cache-Control": "no-store",
});

export interface Page {
  readonly title: string;
  /** The sentence after "Sandbox.", such as "Names are pretend here." */
  readonly pretend: string;
  readonly body: Html;
  /** Rules of this page alone, after the shared ones. */
  readonly extraStyle?: string;
}

/** The shell of the small pages on which a person looks into a stand-in. */
export const page = ({ title, pretend, body, extraStyle = "" }: Page): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(style + extraStyle)}</style>
</head>
<body>
<aside class="ribbon" aria-label="Sandbox"><p><b>Sandbox.</b> ${pretend}</p></aside>
<main id="main">
${body}
</main>
</body>
</html>`;

/** A table that scrolls inside its own region. Cells are text or HTML already escaped. */
export const table = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly unknown[])[],
): Html => html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
