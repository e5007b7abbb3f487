import { expect, test } from "vitest";
import { caller } from "./caller.ts";

const from = (forwarded?: string) => caller(new Headers(forwarded ? { "x-forwarded-for": forwarded } : {}));

test.each([
  ["a lone address is the caller", "203.0.113.7", "203.0.113.7"],
  ["what somebody wrote before the proxy's own entry does not count", "1.1.1.1, 203.0.113.7", "203.0.113.7"],
  ["an IPv6 household is one caller", "2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2"],
  ["also when its zeros are left out", "2001:db8::1", "2001:db8:0:0"],
  ["and when they begin it", "::1", "0:0:0:0"],
  ["an IPv4 address in IPv6 clothes stays whole", "::ffff:203.0.113.7", "::ffff:203.0.113.7"],
])("%s", (_, forwarded, expected) => expect(from(forwarded)).toBe(expected));

test("without any address all callers are one, so that nobody escapes the count", () => expect(from()).toBe(""));
