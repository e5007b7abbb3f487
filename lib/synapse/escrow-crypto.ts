import { createPrivateKey, createPublicKey } from "node:crypto";
import { Refused } from "@/lib/errors.ts";
import type { Ids } from "@/lib/ids.ts";
import { openSeal as openFor, type Sealer, seal as sealFor } from "@/lib/seal.ts";

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

const escrow = (masterKey: string): Sealer => ({ key: masterKey, purpose: "nameplate signing key escrow 1" });

/** Seals a key file for one name under the master key. */
export const seal = (masterKey: string, name: string, text: string, ids: Ids): string =>
  sealFor(escrow(masterKey), name, text, ids);

/** The sealed file, or `Refused` when master key or name are not the ones it was sealed for. */
export const openSeal = (masterKey: string, name: string, sealed: string): string =>
  openFor(escrow(masterKey), name, sealed);

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
const refused = (words: string) => new Refused(words, { vendor: "escrow", call: "open" });
