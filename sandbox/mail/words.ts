/** Text from bytes in whatever letters a mail says it uses; letters nobody knows are read as UTF-8. */
export function toText(bytes: Buffer, charset: string | undefined): string {
  return decoderFor(charset ?? "utf-8").decode(bytes);
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder();
    throw error;
  }
}

const encodedWord = /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^? ]*)\?=/gi;

/**
 * A header with its encoded words (RFC 2047) read. Those that follow each other are joined before they are read,
 * for some senders split a letter between two.
 */
export function decodeWords(header: string): string {
  const joined = header.replace(/(\?=)\s+(?==\?[^?]+\?[bq]\?)/gi, "$1");
  return joined.replace(/(?:=\?[^?]+\?[bq]\?[^? ]*\?=)+/gi, (run) => {
    let charset: string | undefined;
    let bytes = Buffer.alloc(0);
    let text = "";
    for (const [, own, how, inner = ""] of run.matchAll(encodedWord)) {
      if (charset !== undefined && own?.toLowerCase() !== charset) {
        text += toText(bytes, charset);
        bytes = Buffer.alloc(0);
      }
      charset = own?.toLowerCase();
      const plain = how?.toLowerCase() === "b" ? Buffer.from(inner, "base64") : unquote(inner.replaceAll("_", " "));
      bytes = Buffer.concat([bytes, plain]);
    }
    return text + toText(bytes, charset);
  });
}

/** Quoted-printable (RFC 2045, 6.7), from a string of bytes. An equals sign that means nothing stays. */
export function unquote(binary: string): Buffer {
  const joined = binary.replace(/[ \t]+(?=\r?\n|$)/g, "").replace(/=\r?\n/g, "");
  const plain = joined.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1");
}
