import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { Refused } from "./errors.ts";
import type { Ids } from "./ids.ts";

/** A key of ours, and what is sealed with it: what one purpose sealed, no other opens. */
export interface Sealer {
  readonly key: string;
  readonly purpose: string;
}

/** The form of what is sealed; a new form gets a new prefix and the old one stays readable. */
const form = "np1";
const nonceBytes = 12;

/** Seals a text for one row: moved to another's it does not open. */
export function seal({ key, purpose }: Sealer, row: string, text: string, ids: Ids): string {
  const nonce = Buffer.from(ids.secret(), "base64url").subarray(0, nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(key, purpose), nonce);
  cipher.setAAD(boundTo(row));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [
    form,
    nonce.toString("base64url"),
    sealed.toString("base64url"),
    cipher.getAuthTag().toString("base64url"),
  ].join(".");
}

/** The sealed text, or `Refused` when key, purpose or row are not the ones it was sealed for, or a bit was changed. */
export function openSeal({ key, purpose }: Sealer, row: string, sealed: string): string {
  const [prefix, nonce, body, tag, ...rest] = sealed.split(".");
  if (prefix !== form || nonce === undefined || body === undefined || tag === undefined || rest.length > 0)
    throw refused(purpose, "This seal is in no form we know");
  try {
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(key, purpose), Buffer.from(nonce, "base64url"), {
      authTagLength: 16,
    });
    decipher.setAAD(boundTo(row));
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw refused(purpose, `The seal of ${row} does not open: another key, another row, or damaged`, cause);
  }
}

const sealingKey = (key: string, purpose: string): Buffer => Buffer.from(hkdfSync("sha256", key, "", purpose, 32));
const boundTo = (row: string): Buffer => Buffer.from(`${form}:${row}`);
const refused = (purpose: string, words: string, cause?: unknown) =>
  new Refused(words, { vendor: purpose, call: "open" }, cause === undefined ? undefined : { cause });
