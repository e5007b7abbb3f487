import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson, isSignedBy } from "./signed-json.ts";

describe("canonical JSON", () => {
  // The examples of the Matrix specification, appendix "Canonical JSON".
  it.each([
    [{}, "{}"],
    [{ one: 1, two: "Two" }, '{"one":1,"two":"Two"}'],
    [{ b: "2", a: "1" }, '{"a":"1","b":"2"}'],
    [
      {
        auth: {
          success: true,
          mxid: "@john.doe:example.com",
          profile: { display_name: "John Doe", three_pids: [{ medium: "email", address: "john.doe@example.org" }] },
        },
      },
      '{"auth":{"mxid":"@john.doe:example.com","profile":{"display_name":"John Doe","three_pids":[{"address":"john.doe@example.org","medium":"email"}]},"success":true}}',
    ],
    [{ a: "日本語" }, '{"a":"日本語"}'],
    [{ 本: 2, 日: 1 }, '{"日":1,"本":2}'],
    [{ a: null }, '{"a":null}'],
  ])("of %j is as the specification has it", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it("orders keys by code point, not by JavaScript's half of a character", () => {
    expect(canonicalJson({ "😀": 1, "\uffee": 2 })).toBe('{"\uffee":2,"😀":1}');
  });

  it("refuses numbers that are no integers", () => {
    expect(() => canonicalJson({ a: 1.5 })).toThrow(/integers/);
  });
});

describe("a signature", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = publicKey.export({ format: "der", type: "spki" }).subarray(12).toString("base64").replace("=", "");
  const object = { server_name: "smith.family", valid_until_ts: 5 };
  const signature = sign(null, Buffer.from(canonicalJson(object)), privateKey)
    .toString("base64")
    .replace(/=+$/, "");
  const signed = { ...object, unsigned: { age: 1 }, signatures: { "smith.family": { "ed25519:a": signature } } };

  it("holds for what was signed, whatever stands beside it unsigned", () => {
    expect(isSignedBy(signed, "smith.family", "ed25519:a", key)).toBe(true);
  });

  it.each([
    ["another content", { ...signed, valid_until_ts: 6 }, "smith.family", "ed25519:a", key],
    ["another signer", signed, "jones.family", "ed25519:a", key],
    ["another key id", signed, "smith.family", "ed25519:b", key],
    ["another key", signed, "smith.family", "ed25519:a", Buffer.alloc(32, 1).toString("base64")],
    ["a key that is none", signed, "smith.family", "ed25519:a", "AAAA"],
    ["no signatures", object, "smith.family", "ed25519:a", key],
    [
      "a signature that is none",
      { ...object, signatures: { "smith.family": { "ed25519:a": 7 } } },
      "smith.family",
      "ed25519:a",
      key,
    ],
  ])("does not hold for %s", (_, value, signer, keyId, publicKeyText) => {
    expect(isSignedBy(value, signer, keyId, publicKeyText)).toBe(false);
  });
});
