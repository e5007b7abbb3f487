import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, hkdfSync } from "node:crypto";
import { Refused } from "@/lib/errors.ts";
import type { Ids } from "@/lib/ids.ts";

export interface SigningKey {
  /** As the world sees it: `ed25519:a_XXXX`. */
  readonly keyId: string;
  /** 32 bytes in unpadded base64, as `/_matrix/key/v2/server` shows it. */
  readonly publicKey: string;
  /** The file Synapse reads: `ed25519 a_XXXX BASE64`. */
  readonly file: string;
}

/** RFC 8410: what stands before an ed25519 seed in PKCS #8, and before a public key in SubjectPublicKeyInfo. */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
const spkiPrefixLength = 12;

/** A new signing key for a home. All its chance comes from `ids`. */
export function makeSigningKey(ids: Ids): SigningKey {
  const seed = Buffer.from(ids.secret(), "base64url");
  // Four letters tell a family's keys apart; Synapse allows letters, digits and "_".
  const version = `a_${Buffer.from(ids.secret(), "base64url").toString("hex").slice(0, 4)}`;
  return signingKey(version, seed);
}

/** Reads a key file in Synapse's format. */
export function readSigningKey(file: string): SigningKey {
  const [, version, seed] = /^ed25519 (\w{1,32}) ([A-Za-z0-9+/]{43})\n?$/.exec(file) ?? [];
  if (version === undefined || seed === undefined) throw refused("This is not a signing key");
  return signingKey(version, Buffer.from(seed, "base64"));
}

function signingKey(version: string, seed: Buffer): SigningKey {
  const secret = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(secret).export({ format: "der", type: "spki" });
  return {
    keyId: `ed25519:${version}`,
    publicKey: unpadded(spki.subarray(spkiPrefixLength)),
    file: `ed25519 ${version} ${unpadded(seed)}\n`,
  };
}

/** The form of what is sealed; a new form gets a new prefix and the old one stays readable. */
const form = "np1";
const nonceBytes = 12;

/** Seals a text for one name under the master key: moved to another name's row it does not open. */
export function seal(masterKey: string, name: string, text: string, ids: Ids): string {
  const nonce = Buffer.from(ids.secret(), "base64url").subarray(0, nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(masterKey), nonce);
  cipher.setAAD(boundTo(name));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [
    form,
    nonce.toString("base64url"),
    sealed.toString("base64url"),
    cipher.getAuthTag().toString("base64url"),
  ].join(".");
}

/** The sealed text, or Refused when master key or name are not the ones it was sealed for, or a bit was changed. */
export function openSeal(masterKey: string, name: string, sealed: string): string {
  const [prefix, nonce, body, tag, ...rest] = sealed.split(".");
  if (prefix !== form || nonce === undefined || body === undefined || tag === undefined || rest.length > 0)
    throw refused("This seal is in no form we know");
  try {
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(masterKey), Buffer.from(nonce, "base64url"), {
      authTagLength: 16,
    });
    decipher.setAAD(boundTo(name));
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw refused(`The seal of ${name} does not open: another MASTER_KEY, another name, or damaged`, cause);
  }
}

const sealingKey = (masterKey: string): Buffer =>
  Buffer.from(hkdfSync("sha256", masterKey, "", "nameplate signing key escrow 1", 32));
const boundTo = (name: string): Buffer => Buffer.from(`${form}:${name}`);
const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
const refused = (words: string, cause?: unknown) =>
  new Refused(words, { vendor: "escrow", call: "open" }, cause === undefined ? undefined : { cause });
