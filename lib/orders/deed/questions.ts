/** What an ending's registry asks, made from the JSON Schema that the registrar's API gives for it. */

/** Our words for the contact, in the order in which they are asked; every registrar asks these. */
export const contactFields = [
  "fullName",
  "email",
  "phone",
  "country",
  "street",
  "city",
  "state",
  "postalCode",
  "organisation",
] as const;
export type ContactField = (typeof contactFields)[number];

/** Where each stands in a registration, as a JSON pointer under the registrant. */
export const contactPointers: Readonly<Record<ContactField, string>> = {
  fullName: "/postal_info/name",
  organisation: "/postal_info/organization",
  email: "/email",
  phone: "/phone",
  street: "/postal_info/address/street",
  city: "/postal_info/address/city",
  state: "/postal_info/address/state",
  postalCode: "/postal_info/address/postal_code",
  country: "/postal_info/address/country_code",
};

export interface Choice {
  readonly value: string;
  /** The schema's own words; the catalogue's win where it has some. */
  readonly title: string;
}

/** A question beyond the contact: what an ending asks on top. */
export interface ExtraQuestion {
  /** The property's own name, such as `registrant_type`. */
  readonly property: string;
  readonly title: string;
  readonly description?: string;
  readonly required: boolean;
  /** To choose from; undefined for a line of text. */
  readonly choices?: readonly Choice[];
  readonly most: number;
}

export interface Questions {
  /** Longest answer to each field of the contact. */
  readonly most: Readonly<Record<ContactField, number>>;
  /** Whether the registry insists on an organisation, a state, a postcode. */
  readonly insists: Readonly<Record<ContactField, boolean>>;
  /** Countries it registers for; undefined for all. */
  readonly countries?: readonly string[];
  readonly extra: readonly ExtraQuestion[];
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What a line may hold when the schema does not say: the length that registries share. */
const usualMost = 255;

/** Follows `$ref` inside the document; a schema that points at itself ends there. */
function resolve(root: Json, node: unknown, depth = 0): Json {
  if (!isObject(node)) return {};
  const ref = text(node["$ref"]);
  if (ref === undefined || depth > 8) return node;
  let found: unknown = root;
  for (const part of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    found = isObject(found) ? found[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  return { ...resolve(root, found, depth + 1), ...node };
}

/** One property of an object schema, looked for in its `allOf` too. */
function property(root: Json, node: Json, name: string): Json | undefined {
  const own = isObject(node["properties"]) ? node["properties"][name] : undefined;
  if (own !== undefined) return resolve(root, own);
  for (const part of Array.isArray(node["allOf"]) ? node["allOf"] : []) {
    const found = property(root, resolve(root, part), name);
    if (found) return found;
  }
  return undefined;
}

const required = (node: Json, name: string): boolean =>
  Array.isArray(node["required"]) && node["required"].includes(name);

/** Reads what must be asked out of an ending's registration schema. */
export function questionsOf(schema: unknown): Questions {
  const root = resolve({}, schema);
  const contact = ["contacts", "registrant"].reduce<Json>((node, name) => property(root, node, name) ?? {}, root);
  const most = {} as Record<ContactField, number>;
  const insists = {} as Record<ContactField, boolean>;
  let countries: readonly string[] | undefined;
  for (const field of contactFields) {
    const { node, needed } = at(root, contact, contactPointers[field]);
    most[field] = typeof node["maxLength"] === "number" ? node["maxLength"] : usualMost;
    insists[field] = needed && node["minLength"] !== 0;
    if (field === "country") countries = choicesOf(node)?.map((choice) => choice.value);
  }
  const extra = property(root, root, "contact_extensions");
  return { most, insists, ...(countries ? { countries } : {}), extra: extra ? extraOf(root, extra) : [] };
}

function at(root: Json, from: Json, pointer: string): { readonly node: Json; readonly needed: boolean } {
  let node = from;
  let needed = true;
  for (const name of pointer.split("/").slice(1)) {
    needed = needed && required(node, name);
    node = property(root, node, name) ?? {};
  }
  return { node, needed };
}

function extraOf(root: Json, node: Json): readonly ExtraQuestion[] {
  const names = isObject(node["properties"]) ? Object.keys(node["properties"]) : [];
  return names.map((name) => {
    const asked = property(root, node, name) ?? {};
    const choices = choicesOf(asked);
    const description = text(asked["description"]);
    return {
      property: name,
      title: text(asked["title"]) ?? name.replaceAll("_", " "),
      required: required(node, name),
      most: typeof asked["maxLength"] === "number" ? asked["maxLength"] : usualMost,
      ...(choices ? { choices } : {}),
      ...(description ? { description } : {}),
    };
  });
}

/** `enum`, or `oneOf` with titles. */
function choicesOf(node: Json): readonly Choice[] | undefined {
  const titled = (Array.isArray(node["oneOf"]) ? node["oneOf"] : []).flatMap((one) => {
    const value = isObject(one) ? text(one["const"]) : undefined;
    return value === undefined || !isObject(one) ? [] : [{ value, title: text(one["title"]) ?? value }];
  });
  if (titled.length > 0) return titled;
  const values = Array.isArray(node["enum"]) ? node["enum"].filter((one) => typeof one === "string") : [];
  return values.length > 0 ? values.map((value) => ({ value, title: value })) : undefined;
}
