import { APIError } from "better-auth/api";
import { z } from "zod";
import { NameplateError } from "@/lib/errors.ts";
import type { Auth } from "./open-auth.ts";
import { bytes, credential, readAnswer } from "./sign-in-with-passkey.ts";

const addShape = credential.extend({
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
});

/** Keeps a passkey for whoever is signed in. */
export async function addPasskey(auth: Auth, headers: Headers, answer: string): Promise<void> {
  const response = { ...readAnswer(addShape, answer), clientExtensionResults: {} };
  try {
    await auth.api.verifyPasskeyRegistration({ body: { response }, headers });
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    throw new NameplateError("bad-input", error.message, { key: "signIn.passkeyFailed" }, { cause: error });
  }
}
