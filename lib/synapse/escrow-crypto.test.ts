import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors.ts";
import { systemIds } from "@/lib/ids.ts";
import { makeSigningKey, openSeal, readSigningKey, seal } from "./escrow-crypto.ts";

const master = "a master key of at least 32 characters";

describe("a signing key", () => {
  it("is a file as Synapse reads it, with its id and public key", () => {
    const key = makeSigningKey(systemIds);
    expect(key.file).toMatch(/^ed25519 a_[0-9a-f]{4} [A-Za-z0-9+/]{43}\n$/);
    expect(key.keyId).toBe(`ed25519:${key.file.split(" ")[1]}`);
    expect(key.publicKey).toMatch(/^[A-Za-z0-9+/]{43}$/);
  });

  it("has the public key that belongs to its seed (RFC 8032, test 1)", () => {
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const expected = Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex");
    const file = `ed25519 a_test ${seed.toString("base64").replace("=", "")}\n`;
    expect(readSigningKey(file)).toEqual({
      keyId: "ed25519:a_test",
      publicKey: expected.toString("base64").replace("=", ""),
      file,
    });
  });

  it("is different each time, and the same when chance repeats itself", () => {
    const again = { ...systemIds, secret: () => Buffer.alloc(32, 7).toString("base64url") };
    expect(makeSigningKey(systemIds).publicKey).not.toBe(makeSigningKey(systemIds).publicKey);
    expect(makeSigningKey(again)).toEqual(makeSigningKey(again));
  });

  it.each([
    "",
    "ed25519 a_x short",
    "rsa a_x AAAA",
    `ed25519 a_x ${"A".repeat(43)}\nmore`,
    `ed25519 a-x ${"A".repeat(43)}`,
  ])("is not read from %j", (file) => {
    expect(() => readSigningKey(file)).toThrow(Refused);
  });

  it("signs what its public key verifies", () => {
    const key = makeSigningKey(systemIds);
    const der = (prefix: string, bytes: string) =>
      Buffer.concat([Buffer.from(prefix, "hex"), Buffer.from(bytes, "base64")]);
    const secret = createPrivateKey({
      key: der("302e020100300506032b657004220420", key.file.split(" ")[2] ?? ""),
      format: "der",
      type: "pkcs8",
    });
    const open = createPublicKey({ key: der("302a300506032b6570032100", key.publicKey), format: "der", type: "spki" });
    expect(verify(null, Buffer.from("hello"), open, sign(null, Buffer.from("hello"), secret))).toBe(true);
  });
});

describe("a seal", () => {
  const text = makeSigningKey(systemIds).file;

  it("opens with the same master key and name, and shows nothing of its content", () => {
    const sealed = seal(master, "smith.family", text, systemIds);
    expect(sealed).toMatch(/^np1\./);
    expect(sealed).not.toContain(text.split(" ")[2]);
    expect(openSeal(master, "smith.family", sealed)).toBe(text);
  });

  it("is never the same twice, so that two rows tell nothing about each other", () => {
    expect(seal(master, "smith.family", text, systemIds)).not.toBe(seal(master, "smith.family", text, systemIds));
  });

  it("does not open for another name, nor with another master key", () => {
    const sealed = seal(master, "smith.family", text, systemIds);
    expect(() => openSeal(master, "jones.family", sealed)).toThrow(/smith|jones/);
    expect(() => openSeal(`${master}!`, "smith.family", sealed)).toThrow(Refused);
  });

  it("does not open when any letter of it was changed, cut or added", () => {
    const sealed = seal(master, "smith.family", text, systemIds);
    for (let at = 0; at < sealed.length; at += 1) {
      // The last letter of a part may carry bits that base64url ignores: change it by a half of the alphabet.
      const letter = sealed[at] === "A" ? "z" : "A";
      const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      if (Buffer.from(changed, "base64url").equals(Buffer.from(sealed, "base64url"))) continue;
      expect(() => openSeal(master, "smith.family", changed), `letter ${at}`).toThrow(Refused);
    }
    for (const broken of [sealed.slice(0, -3), `${sealed}.x`, sealed.replace("np1", "np2"), "", "np1..."])
      expect(() => openSeal(master, "smith.family", broken)).toThrow(Refused);
  });
});
