import { createPublicKey, verify } from "node:crypto";

/** RFC 8410: what stands before an ed25519 public key in SubjectPublicKeyInfo. */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** Matrix "Signing JSON": whether `signer` signed this object with the key. */
export function isSignedBy(
  object: Readonly<Record<string, unknown>>,
  signer: string,
  keyId: string,
  publicKey: string,
): boolean {
  const signature = (object["signatures"] as Record<string, Record<string, unknown>> | undefined)?.[signer]?.[keyId];
  const bytes = Buffer.from(publicKey, "base64");
  if (typeof signature !== "string" || bytes.length !== 32) return false;
  const { signatures: _, unsigned: __, ...signed } = object;
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, bytes]), format: "der", type: "spki" });
  return verify(null, Buffer.from(canonicalJson(signed)), key, Buffer.from(signature, "base64"));
}

/** Matrix "Canonical JSON": no blanks, keys in order of their code points, integers only. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("Canonical JSON knows integers only");
  return JSON.stringify(value);
}
