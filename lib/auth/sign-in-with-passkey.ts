import { APIError } from "better-auth/api";
import { z } from "zod";
import type { Db } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Begun } from "./consume-link.ts";
import { cookiesOf } from "./cookies.ts";
import type { Auth } from "./open-auth.ts";
import { forgetSession, type SignedIn, signedInFrom } from "./signed-in.ts";

/** What a browser answers, in base64url. A credential's id has at most 1,023 bytes; the rest is a little larger. */
export const bytes = z.string().min(1).max(20_000);
export const credential = z.object({ id: bytes, rawId: bytes, type: z.literal("public-key") });
const signInShape = credential.extend({
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
});

/** Reads what the browser sent, in the shape that this ceremony has. */
export function readAnswer<T>(shape: z.ZodType<T>, answer: string): T {
  try {
    return shape.parse(JSON.parse(answer));
  } catch (error) {
    throw new NameplateError("bad-input", "Not a passkey's answer", { key: "signIn.passkeyFailed" }, { cause: error });
  }
}

/** Begins a session for the owner of the passkey that answered the challenge in `headers`' cookie. */
export async function signInWithPasskey(
  auth: Auth,
  db: Db,
  headers: Headers,
  answer: string,
  before?: SignedIn,
): Promise<Begun> {
  const response = { ...readAnswer(signInShape, answer), clientExtensionResults: {} };
  try {
    const done = await auth.api.verifyPasskeyAuthentication({ body: { response }, headers, returnHeaders: true });
    await forgetSession(db, before);
    return { who: signedInFrom(done.response), cookies: cookiesOf(done.headers) };
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    throw new NameplateError("not-signed-in", error.message, { key: "signIn.passkeyFailed" }, { cause: error });
  }
}
