import { domainToASCII } from "node:url";
import type { NameState, Price } from "../happenings.ts";
import { dashboardOnly, extensions } from "./extensions.ts";

/** A registrable name in Punycode and its ending; undefined when it is malformed. */
export function parseName(
  given: string,
): { readonly name: string; readonly label: string; readonly ending: string } | undefined {
  const name = domainToASCII(given.trim());
  const dot = name.indexOf(".");
  // 253 letters is what the DNS can carry.
  if (dot < 1 || name.length > 253) return undefined;
  if (!name.split(".").every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))) return undefined;
  // A hyphen in third and fourth place is kept for names in other alphabets.
  if (/^..--/.test(name) && !name.startsWith("xn--")) return undefined;
  return { name, label: name.slice(0, dot), ending: name.slice(dot + 1) };
}

/** Names everybody expects to be gone. */
const famous = new Set([
  ...["google", "apple", "amazon", "facebook", "wikipedia", "example", "cloudflare", "stripe"].flatMap((l) => [
    `${l}.com`,
    `${l}.org`,
  ]),
  ...["smith", "jones", "brown", "williams", "taylor", "johnson"].flatMap((l) => [`${l}.com`, `${l}.org`, `${l}.uk`]),
  "matrix.org",
  "bbc.uk",
  "the.family",
]);

/** Words a registry keeps back and sells dear. Surnames that are also trades are among them. */
const dear = new Set([
  "baker",
  "book",
  "cloud",
  "gold",
  "home",
  "house",
  "king",
  "love",
  "money",
  "music",
  "shop",
  "star",
  "wine",
]);

export type Availability =
  | { readonly kind: "available"; readonly price: Price }
  | { readonly kind: "refused"; readonly reason: Reason };
export type Reason =
  | "extension_not_supported_via_api"
  | "extension_not_supported"
  | "domain_premium"
  | "domain_unavailable";

/** What the registry says of a well-formed name. `set` is what the control endpoint says of it. */
export function availability(
  { name, label, ending }: { readonly name: string; readonly label: string; readonly ending: string },
  registered: boolean,
  set: { readonly state?: NameState; readonly price?: Price | undefined },
): Availability {
  const asked = extensions[ending];
  if (!asked) {
    return {
      kind: "refused",
      reason: dashboardOnly.includes(ending) ? "extension_not_supported_via_api" : "extension_not_supported",
    };
  }
  if (registered) return { kind: "refused", reason: "domain_unavailable" };
  const state = set.state ?? byRule(name, label);
  if (state === "taken") return { kind: "refused", reason: "domain_unavailable" };
  if (state === "premium") return { kind: "refused", reason: "domain_premium" };
  return { kind: "available", price: set.price ?? asked.price };
}

/** One- and two-letter names are premium at every registry that sells them. */
function byRule(name: string, label: string): NameState {
  if (famous.has(name)) return "taken";
  return label.length <= 2 || dear.has(label) ? "premium" : "available";
}

/** Whether a name outside this account belongs to somebody, so that its owner could bring it here. */
export function belongsToSomebody(name: string, set: NameState | undefined): boolean {
  const parsed = parseName(name);
  if (!parsed) return false;
  // Of endings not sold here nothing is known, so their owners are believed.
  if (!extensions[parsed.ending]) return true;
  return (set ?? byRule(parsed.name, parsed.label)) === "taken";
}
