import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { ApiError, refuse, unpublished } from "../envelope.ts";
import type { RegistrationOrder } from "../happenings.ts";
import type { Contact } from "./contact.ts";
import { describeExtension, extensions } from "./extensions.ts";
import { parseName } from "./names.ts";

const ajv = addFormats.default(new Ajv({ allErrors: true, strict: false }));
const validators = new Map<string, ValidateFunction>(
  Object.entries(extensions).map(([ending, asked]) => [
    ending,
    ajv.compile(describeExtension(ending, asked).registration_schema),
  ]),
);

interface Body {
  domain_name: string;
  years?: number;
  auto_renew?: boolean;
  privacy_mode?: "off" | "redaction";
  contacts: { registrant: Contact };
  contact_extensions?: Record<string, unknown>;
}

/** The order in a request's body, held against the ending's own schema; throws a refusal that points at each fault. */
export function readOrder(body: unknown): RegistrationOrder {
  const parsed = parseName(nameIn(body) ?? "");
  if (!parsed) throw refuse(400, "domain_name is missing or malformed.");
  const validate = validators.get(parsed.ending);
  if (!validate) throw refuse(400, `The extension ${parsed.ending} is not supported.`);
  const asked = { ...(body as object), domain_name: parsed.name };
  if (!validate(asked)) throw new ApiError(400, ...(validate.errors ?? []).map(toProblem));
  const { years, auto_renew, privacy_mode, contacts, contact_extensions } = asked as Body;
  return {
    name: parsed.name,
    years: years ?? 1,
    autoRenew: auto_renew ?? false,
    privacyMode: privacy_mode ?? "redaction",
    registrant: contacts.registrant,
    extensions: contact_extensions ?? {},
  };
}

/** The name a body asks for, as far as it has one. */
export function nameIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("domain_name" in body)) return undefined;
  return typeof body.domain_name === "string" ? body.domain_name : undefined;
}

const toProblem = ({ instancePath, message, params }: ErrorObject) => {
  const missing = "missingProperty" in params ? `/${params["missingProperty"]}` : "";
  return { code: unpublished, message: message ?? "is invalid", source: { pointer: `${instancePath}${missing}` } };
};
