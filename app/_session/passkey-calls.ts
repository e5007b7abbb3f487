"use client";

/** Speaks to the browser's passkeys: JSON of the Web Authentication standard in and out. */

const toBytes = (text: string): ArrayBuffer => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
};
const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

export const hasPasskeys = (): boolean => typeof window !== "undefined" && "PublicKeyCredential" in window;

/** Whether this browser offers passkeys in the list under the e-mail field. */
export const offersPasskeys = async (): Promise<boolean> =>
  hasPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;

interface Options {
  readonly challenge: string;
  readonly rpId?: string;
  readonly timeout?: number;
  readonly allowCredentials?: readonly { readonly id: string; readonly type: "public-key" }[];
  readonly userVerification?: UserVerificationRequirement;
}

/** Asks for a passkey. `quietly` waits in the list under the field until the reader picks one there. */
export async function showPasskey(json: string, signal: AbortSignal, quietly = false): Promise<string> {
  const { challenge, allowCredentials = [], rpId, timeout, userVerification }: Options = JSON.parse(json);
  const credential = await navigator.credentials.get({
    signal,
    ...(quietly ? { mediation: "conditional" as const } : {}),
    publicKey: {
      challenge: toBytes(challenge),
      allowCredentials: allowCredentials.map(({ id }) => ({ id: toBytes(id), type: "public-key" })),
      rpId,
      timeout,
      userVerification,
    },
  });
  if (!(credential instanceof PublicKeyCredential)) throw new Error("The browser gave no passkey");
  const { clientDataJSON, authenticatorData, signature, userHandle } =
    credential.response as AuthenticatorAssertionResponse;
  return JSON.stringify({
    ...named(credential),
    response: {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      ...(userHandle ? { userHandle: toText(userHandle) } : {}),
    },
  });
}

interface NewOptions {
  readonly challenge: string;
  readonly rp: PublicKeyCredentialRpEntity;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly pubKeyCredParams: PublicKeyCredentialParameters[];
  readonly timeout?: number;
  readonly excludeCredentials?: readonly { readonly id: string }[];
  readonly authenticatorSelection?: AuthenticatorSelectionCriteria;
}

/** Makes a new passkey. */
export async function makePasskey(json: string): Promise<string> {
  const {
    challenge,
    user,
    excludeCredentials = [],
    rp,
    pubKeyCredParams,
    timeout,
    authenticatorSelection,
  }: NewOptions = JSON.parse(json);
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(challenge),
      user: { ...user, id: toBytes(user.id) },
      excludeCredentials: excludeCredentials.map(({ id }) => ({ id: toBytes(id), type: "public-key" })),
      rp,
      pubKeyCredParams,
      timeout,
      authenticatorSelection,
    },
  });
  if (!(credential instanceof PublicKeyCredential)) throw new Error("The browser made no passkey");
  const { clientDataJSON, attestationObject, getTransports } = credential.response as AuthenticatorAttestationResponse;
  return JSON.stringify({
    ...named(credential),
    response: {
      clientDataJSON: toText(clientDataJSON),
      attestationObject: toText(attestationObject),
      transports: getTransports?.call(credential.response),
    },
  });
}

const named = ({ id, rawId }: PublicKeyCredential) => ({ id, rawId: toText(rawId), type: "public-key" });

/** The reader closed the browser's own window, or let it run out: nothing is wrong. */
export const wasDismissed = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError");

/** The device has a passkey for this account already. */
export const hasOneAlready = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "InvalidStateError";
