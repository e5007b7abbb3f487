import { derivedSecret } from "@/lib/ids.ts";
import type { HomeSecrets } from "@/lib/provisioning/ports.ts";

/** What a home is handed. All but the signing key is made again from the master key whenever it is needed. */
export const homeSecrets = (masterKey: string, name: string, signingKey: string): HomeSecrets => ({
  signingKey,
  registrationSecret: registrationSecret(masterKey, name),
  macaroonSecret: derivedSecret(masterKey, "macaroon", name),
  formSecret: derivedSecret(masterKey, "form", name),
});

/** Lets its holder make accounts over the home's socket; also the way back when a home leaves delegated sign-in. */
export const registrationSecret = (masterKey: string, name: string): string =>
  derivedSecret(masterKey, "registration", name);
