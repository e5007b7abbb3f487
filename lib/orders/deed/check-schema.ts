import { Ajv, type ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { DraftDeed } from "../draft.ts";
import { type ContactField, contactFields, contactPointers } from "./questions.ts";

/** One objection of an ending's schema to the deed. */
export interface Objection {
  readonly field: ContactField | { readonly extra: string };
  /** The schema's own words. */
  readonly words: string;
}

/** A country's calling code and the number with a dot between, as registries write phones: +44.7700900123. */
export interface DottedPhone {
  readonly e164: string;
  readonly dotted: string;
}

/**
 * Checks a deed against the whole schema of a registration, as the registrar would. Empty when it is content.
 * Registrars take one of two ways to write a phone: it is enough that one of them passes.
 */
export function checkSchema(schema: unknown, name: string, deed: DraftDeed, phone: DottedPhone): readonly Objection[] {
  const validate = compile(schema);
  const attempts = [phone.dotted, phone.e164].map((written) => {
    validate(registration(name, deed, written));
    return [...(validate.errors ?? [])];
  });
  const best = attempts.reduce((a, b) => (b.length < a.length ? b : a));
  const objections = best.flatMap((error) => objectionOf(error) ?? []);
  return objections.filter((one, n) => objections.findIndex((other) => same(one, other)) === n);
}

const same = (a: Objection, b: Objection) => JSON.stringify(a.field) === JSON.stringify(b.field);

/** Only the vendor's own document is compiled, never anything typed. */
function compile(schema: unknown) {
  const dialect = JSON.stringify((schema as { $schema?: unknown } | null)?.$schema ?? "");
  const options = { strict: false, allErrors: true, validateSchema: false } as const;
  const ajv = /2019|2020/.test(dialect) ? new Ajv2020(options) : new Ajv(options);
  addFormats.default(ajv);
  return ajv.compile(schema as object);
}

/** The registration that would be sent. */
function registration(name: string, deed: DraftDeed, phone: string) {
  const { fullName, organisation, email, street, city, state, postalCode, country, extra } = deed;
  return {
    domain_name: name,
    years: 1,
    auto_renew: true,
    privacy_mode: "redaction",
    contacts: {
      registrant: {
        email,
        phone,
        postal_info: {
          name: fullName,
          ...(organisation ? { organization: organisation } : {}),
          address: { street, city, state, postal_code: postalCode, country_code: country },
        },
      },
    },
    ...(Object.keys(extra).length > 0 ? { contact_extensions: extra } : {}),
  };
}

function objectionOf(error: ErrorObject): Objection | undefined {
  const missing = error.keyword === "required" ? `/${String(error.params["missingProperty"])}` : "";
  const where = `${error.instancePath}${missing}`;
  const words = error.message ?? error.keyword;
  const contact = "/contacts/registrant";
  if (where.startsWith("/contact_extensions/")) return { field: { extra: where.split("/")[2] ?? "" }, words };
  const field = contactFields.find((one) => where === `${contact}${contactPointers[one]}`);
  return field && { field, words };
}
