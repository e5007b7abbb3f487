import type { ObjectName } from "../objects/index.ts";
import { invalid } from "./errors.ts";
import { expandable, includable } from "./expandable.ts";

/** Where expanded things come from. */
export interface Sources {
  /** The object of that id; undefined when it is gone. */
  find(name: ObjectName, id: string): object | undefined;
  /** A list that an object leaves out unless asked. */
  include(owner: Json, list: string): object;
}

type Json = { readonly [key: string]: unknown };

/** More levels than this are refused; `data` counts as one. */
const maxLevels = 4;

/** The answer with each `expand[]` path filled in. Throws the 400 for a path that leads nowhere. */
export function expandAnswer(answer: object, paths: readonly string[], sources: Sources): object {
  return paths.reduce<Json>((body, path) => {
    const parts = path.split(".");
    if (parts.length > maxLevels) {
      throw invalid(`You cannot expand more than ${maxLevels} levels of a property. Property: ${path}`, {
        param: "expand",
      });
    }
    return walk(body, parts, { path, sources });
  }, answer as Json);
}

interface Trip {
  readonly path: string;
  readonly sources: Sources;
}

function walk(at: Json, parts: readonly string[], trip: Trip): Json {
  const [head, ...rest] = parts;
  if (head === undefined) return at;
  if (at["object"] === "list") {
    if (head !== "data" || rest.length === 0) throw cannot(trip);
    return { ...at, data: (at["data"] as Json[]).map((one) => walk(one, rest, trip)) };
  }
  const type = String(at["object"] ?? "");
  if (includable[type]?.includes(head)) {
    const list = isJson(at[head]) ? at[head] : (trip.sources.include(at, head) as Json);
    return { ...at, [head]: rest.length > 0 ? walk(list, rest, trip) : list };
  }
  const known = expandable[type] ?? {};
  const property = Object.keys(known).find((name) => parts.slice(0, name.split(".").length).join(".") === name);
  if (property !== undefined) return fill(at, property, known[property] ?? null, parts, trip);
  const inner = at[head];
  // Objects and lists that are there anyway (items, lines, price) are only passed through.
  if (isJson(inner) && typeof inner["object"] === "string" && rest.length > 0)
    return { ...at, [head]: walk(inner, rest, trip) };
  throw cannot(trip);
}

function fill(at: Json, property: string, name: ObjectName | null, parts: readonly string[], trip: Trip): Json {
  const way = property.split(".");
  const rest = parts.slice(way.length);
  return replaced(at, way, (value) => {
    if (Array.isArray(value)) return value.map((one) => filled(one, name, rest, trip));
    return filled(value, name, rest, trip);
  });
}

function filled(value: unknown, name: ObjectName | null, rest: readonly string[], trip: Trip): unknown {
  const whole = typeof value === "string" && name !== null ? (trip.sources.find(name, value) ?? value) : value;
  return isJson(whole) ? walk(whole, rest, trip) : whole;
}

/** A copy in which the value at `way` is another; unchanged where the way ends early. */
function replaced(at: Json, [head, ...rest]: readonly string[], change: (value: unknown) => unknown): Json {
  if (head === undefined || !(head in at)) return at;
  if (rest.length === 0) return { ...at, [head]: change(at[head]) };
  const inner = at[head];
  if (Array.isArray(inner))
    return { ...at, [head]: inner.map((one) => (isJson(one) ? replaced(one, rest, change) : one)) };
  return isJson(inner) ? { ...at, [head]: replaced(inner, rest, change) } : at;
}

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

const cannot = ({ path }: Trip) => invalid(`This property cannot be expanded (${path}).`, { param: "expand" });
