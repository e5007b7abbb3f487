/** A character string in a TXT record holds at most this many bytes (RFC 1035). */
const longest = 255;

/** TXT content as stored: quoted character strings. Text without quotes is put into them, split where it is too long. */
export function quoteText(given: string): string {
  if (given.startsWith('"')) return readText(given).map(quote).join(" ");
  return split(Buffer.from(given)).map(quote).join(" ");
}

/** The character strings of a TXT content, as bytes. */
export function readText(content: string): Buffer[] {
  const strings = [...content.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, inner = ""]) =>
    Buffer.from(inner.replace(/\\(.)/gs, "$1")),
  );
  return strings.flatMap(split);
}

const quote = (bytes: Buffer): string => `"${bytes.toString().replace(/["\\]/g, "\\$&")}"`;

/** Never inside a letter of several bytes: those after the first begin with the bits 10. */
function split(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  while (bytes.length - from > longest) {
    let to = from + longest;
    while (((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
    parts.push(bytes.subarray(from, to));
    from = to;
  }
  parts.push(bytes.subarray(from));
  return parts;
}
