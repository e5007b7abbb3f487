import type { z } from "zod";
import { type ApiError, invalid, parameterMissing, unknownParameters } from "./errors.ts";
import type { Form } from "./form.ts";

type Issue = z.core.$ZodIssue;

/** Reads parameters, or throws the 400 that Stripe answers to the first thing wrong with them. */
export function readParams<S extends z.ZodType>(schema: S, form: Form): z.output<S> {
  const read = schema.safeParse(form);
  if (read.success) return read.data;
  const issues = read.error.issues.map(innermost);
  const unknown = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => paramName([...issue.path, key])) : [],
  );
  const [first, ...rest] = unknown;
  if (first !== undefined) throw unknownParameters([first, ...rest]);
  const [issue] = issues;
  throw issue ? refusalOf(issue, form) : invalid("Invalid request.");
}

/** Of the branches of a union, the issue that lies deepest tells most. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors
    .flat()
    .map((one) => innermost({ ...one, path: [...issue.path, ...one.path] }))
    .sort((a, b) => b.path.length - a.path.length || rank(b) - rank(a));
  return inner[0] ?? issue;
}

/** "Must be the empty text" is never what the caller meant. */
const rank = (issue: Issue): number =>
  issue.code === "unrecognized_keys" ? 2 : issue.code === "invalid_value" && issue.values[0] === "" ? 0 : 1;

function refusalOf(issue: Issue, form: Form): ApiError {
  const param = paramName(issue.path);
  const given = valueAt(form, issue.path);
  if (given === undefined) return parameterMissing(param);
  if (given === "") {
    return invalid(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
      { code: "parameter_invalid_empty", param },
    );
  }
  if (issue.code === "invalid_format" && issue.message === "integer") {
    return invalid(`Invalid integer: ${shown(given)}`, { code: "parameter_invalid_integer", param });
  }
  if (issue.code === "invalid_value") {
    return invalid(`Invalid ${param}: must be one of ${listed(issue.values.map(String))}`, { param });
  }
  return invalid(`Invalid ${param}: ${issue.message}`, { param });
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const listed = (values: readonly string[]): string =>
  values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")}, or ${values.at(-1)}`;

/** `line_items[0][price_data]`, as Stripe names parameters. */
const paramName = ([head, ...rest]: readonly PropertyKey[]): string =>
  `${String(head ?? "")}${rest.map((part) => `[${String(part)}]`).join("")}`;

function valueAt(form: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, part) =>
      typeof inside === "object" && inside !== null ? (inside as Record<PropertyKey, unknown>)[part] : undefined,
    form,
  );
}
