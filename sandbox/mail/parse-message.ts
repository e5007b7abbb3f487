import { type Headers, parameterised, readable, splitHead } from "./headers.ts";
import { toText, unquote } from "./words.ts";

export interface Parsed {
  /** The From and To fields as a person reads them. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly { readonly filename: string; readonly type: string; readonly bytes: number }[];
}

interface Leaf {
  readonly type: string;
  readonly filename: string | undefined;
  readonly flowed: boolean;
  readonly charset: string | undefined;
  readonly bytes: Buffer;
}

/** Parts within parts deeper than this are nobody's honest mail. */
const deepest = 20;

/** Reads a mail as it came over the wire. Whatever it is, something is read from it. */
export function parseMessage(raw: Buffer): Parsed {
  // One character a byte, so that text can be cut and still be decoded afterwards.
  const { headers, body } = splitHead(raw.toString("latin1"));
  const leaves = leavesOf(headers, body, 0);
  const text = leaves.find((leaf) => leaf.type === "text/plain" && leaf.filename === undefined);
  const html = leaves.find((leaf) => leaf.type === "text/html" && leaf.filename === undefined);
  return {
    from: readable(headers, "from"),
    to: readable(headers, "to"),
    subject: readable(headers, "subject"),
    messageId: readable(headers, "message-id"),
    text: text ? textOf(text) : null,
    html: html ? textOf(html) : null,
    attachments: leaves
      .filter((leaf) => leaf !== text && leaf !== html)
      .map(({ filename, type, bytes }) => ({ filename: filename ?? "", type, bytes: bytes.length })),
  };
}

function leavesOf(headers: Headers, body: string, depth: number): Leaf[] {
  const type = parameterised(headers, "content-type");
  const boundary = type?.parameters.get("boundary");
  if (type?.value.startsWith("multipart/") && boundary !== undefined && depth < deepest) {
    return partsOf(body, boundary).flatMap((part) => {
      const inner = splitHead(part);
      return leavesOf(inner.headers, inner.body, depth + 1);
    });
  }
  const disposition = parameterised(headers, "content-disposition");
  const named = disposition?.parameters.get("filename") ?? type?.parameters.get("name");
  return [
    {
      type: type?.value ?? "text/plain",
      filename: disposition?.value === "attachment" ? (named ?? "") : named,
      flowed: type?.parameters.get("format")?.toLowerCase() === "flowed",
      charset: type?.parameters.get("charset"),
      bytes: decodeBody(headers, body),
    },
  ];
}

/** What stands between the boundary's lines; what is before the first and after the last is for nobody. */
function partsOf(body: string, boundary: string): string[] {
  const parts: string[] = [];
  let current: string[] | undefined;
  for (const line of body.split("\n")) {
    const bare = line.trimEnd();
    const ends = bare === `--${boundary}--`;
    if (!ends && bare !== `--${boundary}`) {
      current?.push(line);
      continue;
    }
    // The line break before a boundary belongs to the boundary.
    if (current) parts.push(current.join("\n").replace(/\r$/, ""));
    current = ends ? undefined : [];
    if (ends) return parts;
  }
  if (current) parts.push(current.join("\n"));
  return parts;
}

function decodeBody(headers: Headers, body: string): Buffer {
  const how = (headers.get("content-transfer-encoding")?.[0] ?? "").trim().toLowerCase();
  if (how === "base64") return Buffer.from(body, "base64");
  if (how === "quoted-printable") return unquote(body);
  return Buffer.from(body, "latin1");
}

const textOf = ({ bytes, charset, flowed }: Leaf): string => {
  const text = toText(bytes, charset).replaceAll("\r\n", "\n");
  return flowed ? unflow(text) : text;
};

/** Lines that end in a space go on in the next one (RFC 3676), except the one that begins a signature. */
const unflow = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/^ /, ""))
    .map((line) => (line !== "-- " && line.endsWith(" ") ? line : `${line}\n`))
    .join("")
    .replace(/\n$/, "");
