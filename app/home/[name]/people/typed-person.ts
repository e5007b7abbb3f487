import { z } from "zod";
import type { TypedPerson } from "@/lib/orders/draft.ts";
import { carriedAll, carryAll } from "../../../_frame/flash.ts";
import { mostTyped } from "../../../_frame/most-typed.ts";
import { personIds } from "../../../_frame/person-inputs.tsx";
import { textsOf } from "../../../start/_wizard/form-values.ts";

/** There is one line on the page. */
const key = "new";
const ids = personIds({ key });

const line = z.string().max(mostTyped);
const shape = z.object({ given: line, part: line, kind: line, email: line, age: line });

const empty: TypedPerson = { key, given: "", part: "", kind: "", email: "", age: "" };

/** From a form; what is longer than anything that can be taken is cut. */
export function typedPerson(form: FormData): TypedPerson {
  const typed = textsOf(form, Object.values(ids));
  const text = (id: string): string => (typed[id] ?? "").slice(0, mostTyped).toWellFormed();
  const [given, part, kind] = [text(ids.given), text(ids.part), text(ids.kind)];
  return { key, given, part, kind, email: text(ids.email), age: text(ids.age) };
}

export const carryPerson = ({ key: _key, ...typed }: TypedPerson): Promise<void> => carryAll(typed, "/home");

/** What was typed a moment ago; empty when nothing was. */
export async function carriedPerson(): Promise<TypedPerson> {
  const carried = await carriedAll(shape);
  return carried ? { key, ...carried } : empty;
}
