/** Text that is safe inside a page: everything filled in is escaped unless it is Html itself. */
export interface Html {
  readonly text: string;
  readonly [htmlMark]: true;
}
const htmlMark = Symbol("html");

export const raw = (text: string): Html => ({ text, [htmlMark]: true });

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c);

export function html(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const filled = parts.map((part, i) => {
    const value = values[i];
    if (value === undefined) return part;
    return part + (typeof value === "string" ? escaped(value) : value.text);
  });
  return raw(filled.join(""));
}
