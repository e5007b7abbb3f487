import { decodeWords, toText } from "./words.ts";

/** Header fields by lower-case name, each once or more, with folded lines joined. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** Splits a message or a part, given as a string of bytes, at its first empty line. */
export function splitHead(binary: string): { readonly headers: Headers; readonly body: string } {
  const gap = /^\r?\n|\r?\n\r?\n/.exec(binary);
  const head = gap ? binary.slice(0, gap.index) : binary;
  const body = gap ? binary.slice(gap.index + gap[0].length) : "";
  const headers = new Map<string, string[]>();
  for (const line of head.replace(/\r?\n(?=[ \t])/g, "").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = toText(Buffer.from(line.slice(colon + 1).trim(), "latin1"), undefined);
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return { headers, body };
}

/** A field as a person reads it; empty when it is not there. */
export const readable = (headers: Headers, name: string): string => decodeWords(headers.get(name)?.[0] ?? "");

export interface Parameterised {
  /** Lower case. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A field such as `text/plain; charset=utf-8`, its long or foreign parameters (RFC 2231) put together. */
export function parameterised(headers: Headers, name: string): Parameterised | undefined {
  const field = headers.get(name)?.[0];
  if (field === undefined) return undefined;
  const [value = ""] = field.split(";", 1);
  const parameters = new Map<string, string>();
  for (const [, key = "", quoted, bare = ""] of field
    .slice(value.length)
    .matchAll(/;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g)) {
    const text = quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1");
    const [base = "", ...marks] = key.toLowerCase().split("*");
    // `name*`, `name*0*` and so on: the star at the end says that the letters are percent-encoded after the charset.
    const foreign = marks.at(-1) === "";
    parameters.set(base, (parameters.get(base) ?? "") + (foreign ? percent(text) : decodeWords(text)));
  }
  return { value: value.trim().toLowerCase(), parameters };
}

function percent(text: string): string {
  const [, charset, inner = text] = /^([^']*)'[^']*'(.*)$/s.exec(text) ?? [];
  const binary = inner.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return toText(Buffer.from(binary, "latin1"), charset);
}
