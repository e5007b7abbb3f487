import { z } from "zod";
import { tidy } from "@/lib/names/typed-text.ts";
import { isEmail } from "@/lib/orders/email.ts";
import { carriedTyped, carryTyped } from "../_frame/flash.ts";
import { mostTyped } from "../_frame/most-typed.ts";

const line = z.string().max(mostTyped);
const shape = z.object({ email: line, name: line });

/** Who says so, of which home: in their own words. */
export type Typed = z.output<typeof shape>;

const nothing: Typed = { email: "", name: "" };

/** From a form; what is longer than any address or name is nobody's. */
export function typedIn(form: FormData): Typed {
  const text = (key: string): string =>
    tidy(String(form.get(key) ?? ""))
      .slice(0, mostTyped)
      .toWellFormed();
  return { email: text("email"), name: text("name") };
}

/** The field that is not filled in as it has to be, and the word for why. */
export function wrongIn({ email, name }: Typed): { readonly at: keyof Typed; readonly error: string } | undefined {
  if (email === "") return { at: "email", error: "emailEmpty" };
  if (!isEmail(email)) return { at: "email", error: "email" };
  return name === "" ? { at: "name", error: "nameEmpty" } : undefined;
}

export const carry = (typed: Typed): Promise<void> => carryTyped(JSON.stringify(typed), "/withdraw");

export async function carried(): Promise<Typed> {
  try {
    return shape.parse(JSON.parse(await carriedTyped()));
  } catch {
    return nothing;
  }
}
