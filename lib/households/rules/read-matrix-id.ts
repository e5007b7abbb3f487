import type { Said } from "@/lib/errors.ts";
import { oddText, tidy } from "@/lib/names/typed-text.ts";
import { personId } from "@/lib/tenants/rule-shape.ts";

/** A whole Matrix id as people type it: they leave the at sign out, and the name of a server has no capitals. */
export function readMatrixId(typed: string): { readonly value: string; readonly wrong?: Said } {
  const text = tidy(typed);
  const [part = "", ...rest] = text.replace(/^@/, "").split(":");
  const value = `@${part}:${rest.join(":").toLowerCase()}`;
  const odd = oddText(text);
  if (odd) return { value, wrong: odd };
  return personId.safeParse(value).success ? { value } : { value, wrong: { key: "family.rules.errors.person" } };
}
