import { asText } from "../../_frame/as-text.ts";

/** The text sent in a field; a missing one, or a file in its place, is empty. Nothing but the named fields is ever read. */
export const textOf = (form: FormData, field: string): string => {
  const value = form.get(field);
  return typeof value === "string" ? asText(value) : "";
};

export const textsOf = <F extends string>(form: FormData, fields: readonly F[]): Record<F, string> =>
  Object.fromEntries(fields.map((field) => [field, textOf(form, field)])) as Record<F, string>;
