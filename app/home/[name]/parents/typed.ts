import { z } from "zod";
import type { TypedInvite } from "@/lib/households/parents/read-invite.ts";
import { carriedAll, carryAll } from "../../../_frame/flash.ts";
import { mostTyped } from "../../../_frame/most-typed.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";

const line = z.string().max(mostTyped);
const shape = z.object({ given: line, email: line, personId: line, matrixId: line }) satisfies z.ZodType<TypedInvite>;

/** Somebody who lives elsewhere, in the form. */
export const elsewhere = "elsewhere";

/** From a form: who is asked. A choice that was not made is the word for nobody of this home. */
export function typedIn(form: FormData): TypedInvite {
  const text = (key: string): string => textOf(form, key).slice(0, mostTyped).toWellFormed();
  const personId = text("personId");
  return {
    given: text("given"),
    email: text("email"),
    personId: personId === elsewhere ? "" : personId,
    matrixId: text("matrixId"),
  };
}

export const carry = (typed: TypedInvite): Promise<void> => carryAll(typed, "/home");
export const carried = (): Promise<TypedInvite | undefined> => carriedAll(shape);
