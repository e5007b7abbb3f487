import { z } from "zod";
import { tidy } from "@/lib/names/typed-text.ts";
import { carriedTyped, carryTyped } from "../../../../_frame/flash.ts";
import { mostTyped } from "../../../../_frame/most-typed.ts";
import { textOf } from "../../../../start/_wizard/form-values.ts";

const line = z.string().max(mostTyped);
const shape = z.object({ personId: line, email: line });

/** Who is to pay, and where their letter goes. */
export type Typed = z.output<typeof shape>;

const nothing: Typed = { personId: "", email: "" };

/** From a form; what is longer than any address is nobody's. */
export function typedIn(form: FormData): Typed {
  const text = (key: string): string => tidy(textOf(form, key)).slice(0, mostTyped).toWellFormed();
  return { personId: text("person"), email: text("email") };
}

export const carry = (typed: Typed): Promise<void> => carryTyped(JSON.stringify(typed), "/home");

export async function carried(): Promise<Typed> {
  try {
    return shape.parse(JSON.parse(await carriedTyped()));
  } catch {
    return nothing;
  }
}
