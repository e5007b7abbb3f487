import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** For tests only: a passkey as a browser and its authenticator answer with it, in software (ES256, attestation "none"). */
export class TestPasskey {
  readonly id = randomBytes(16).toString("base64url");
  readonly #private: KeyObject;
  readonly #coseKey: Buffer;
  #counter = 0;
  /** What this authenticator is made to get wrong. */
  readonly does: { readonly verifyUser: boolean; readonly origin: string; readonly host: string };

  constructor(webUrl: string, differs: Partial<TestPasskey["does"]> = {}) {
    const { origin, hostname } = new URL(webUrl);
    this.does = { verifyUser: true, origin, host: hostname, ...differs };
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#private = pair.privateKey;
    const { x = "", y = "" } = pair.publicKey.export({ format: "jwk" });
    this.#coseKey = Buffer.concat([
      // A map of five: kty EC2, alg ES256, curve P-256, x, y (RFC 9053).
      Buffer.from("a5010203262001215820", "hex"),
      Buffer.from(x, "base64url"),
      Buffer.from("225820", "hex"),
      Buffer.from(y, "base64url"),
    ]);
  }

  /** Answers `navigator.credentials.create`. */
  create(options: string): string {
    const { challenge } = JSON.parse(options);
    const id = Buffer.from(this.id, "base64url");
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.#coseKey]);
    const authData = this.#authData(0x40, attested);
    const attestation = Buffer.concat([
      // {fmt: "none", attStmt: {}, authData: bytes with a two-byte length}
      Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746159", "hex"),
      Buffer.from([authData.length >> 8, authData.length & 255]),
      authData,
    ]);
    return this.#answer({
      clientDataJSON: this.#clientData("webauthn.create", challenge),
      attestationObject: attestation.toString("base64url"),
      transports: ["internal"],
    });
  }

  /** Answers `navigator.credentials.get`. */
  get(options: string): string {
    const clientDataJSON = this.#clientData("webauthn.get", JSON.parse(options).challenge);
    const authData = this.#authData(0);
    const hash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    const signature = sign("sha256", Buffer.concat([authData, hash]), this.#private);
    return this.#answer({
      clientDataJSON,
      authenticatorData: authData.toString("base64url"),
      signature: signature.toString("base64url"),
    });
  }

  #answer(response: object): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: "public-key", response });
  }

  #clientData(type: string, challenge: string): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.does.origin })).toString("base64url");
  }

  /** Flags: 1 the person was there, 4 and is who they should be. The counter grows with each use. */
  #authData(flags: number, rest = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(++this.#counter);
    return Buffer.concat([
      createHash("sha256").update(this.does.host).digest(),
      Buffer.from([flags | 1 | (this.does.verifyUser ? 4 : 0)]),
      counter,
      rest,
    ]);
  }
}
