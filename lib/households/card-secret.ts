import { createHmac } from "node:crypto";
import { derivedSecret } from "@/lib/ids.ts";

/** Letters that nobody confuses when reading aloud or copying by hand: no I, L, O, U, 0, 1. */
const alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
/** 10 of 30 letters are 49 bits; with ten wrong tries an hour and caller, guessing one is hopeless. */
const codeLength = 10;

/** The secret in a card's link, made again from its id whenever the card is shown, printed or sent. */
export const cardToken = (linkKey: string, cardId: string): string => derivedSecret(linkKey, "card", cardId);

/** What is typed by hand from a printed card, such as `K7QM2-XWP4T`. */
export function cardCode(linkKey: string, cardId: string): string {
  const bytes = createHmac("sha256", linkKey).update(`card-code:${cardId}`).digest();
  const letters = Array.from(
    { length: codeLength },
    (_, i) => alphabet[((bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0)) % alphabet.length],
  ).join("");
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** Small letters, spaces and missing hyphens are no mistakes. */
export const normaliseCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "")
    .replace(/^(.{5})(.+)$/, "$1-$2");
