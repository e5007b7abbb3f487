import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";

/** Names for new things, handed in by the composition roots so that a simulated run can repeat itself. */
export interface Ids {
  /** A fresh row id, such as `ord_1f0c…`; `kind` is three or four letters. */
  id(kind: string): string;
  /** 256 bits nobody can guess, as 43 letters safe in a URL. */
  secret(): string;
}

export const systemIds: Ids = {
  id: (kind) => `${kind}_${randomUUID().replaceAll("-", "")}`,
  secret: () => randomBytes(32).toString("base64url"),
};

/** What is kept of a secret: enough to recognise it, too little to use it. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/**
 * A secret that can be made again from the row it belongs to, so that a card can be printed twice and yet
 * no table, job or mail queue of ours holds its link. `key` never leaves the process environment.
 */
export const derivedSecret = (key: string, purpose: string, id: string): string =>
  createHmac("sha256", key).update(`${purpose}:${id}`).digest("base64url");
