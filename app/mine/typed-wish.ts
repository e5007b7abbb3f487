import { z } from "zod";
import { carriedAll, carryAll } from "../_frame/flash.ts";
import { asMuchOf, mostTyped } from "../_frame/most-typed.ts";
import { textOf } from "../start/_wizard/form-values.ts";

/** Who that is, in a child's words: as much as is read at a glance. */
export const mostWords = 200;

const shape = z.object({ who: z.string().max(mostTyped), words: z.string().max(mostTyped) });
export type TypedWish = z.output<typeof shape>;

export const typedIn = (form: FormData): TypedWish => ({
  who: asMuchOf(textOf(form, "who")),
  words: asMuchOf(textOf(form, "words")),
});

export const carryWish = (typed: TypedWish): Promise<void> => carryAll(typed, "/mine");

export const carriedWish = async (): Promise<TypedWish> => (await carriedAll(shape)) ?? { who: "", words: "" };
