import { expect, it } from "vitest";
import { formatMoney } from "./money.ts";

it.each([
  [625, "GBP", "en-GB", "£6.25"],
  [0, "GBP", "en-GB", "£0.00"],
  [625, "JPY", "en-GB", "JP¥625"],
  [1234567, "EUR", "de-DE", "12.345,67\u00a0€"],
  [1250, "KWD", "en-GB", "KWD\u00a01.250"],
] as const)("%d minor units of %s are written %s: %s", (minor, currency, locale, written) => {
  expect(formatMoney({ minor, currency }, locale)).toBe(written);
});

it("takes the currency in lower case, as the payment vendor writes it", () => {
  expect(formatMoney({ minor: 625, currency: "gbp" }, "en-GB")).toBe("£6.25");
});
