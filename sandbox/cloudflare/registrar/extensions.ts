import { contactSchema } from "./contact.ts";

/**
 * The endings sold here, and what each asks. The real documents are not published with the SDK; these are
 * made from what the registries are known to ask, and say so.
 */
export const made = { "x-made-for-sandbox": true } as const;

/** What one ending asks beyond the contact. */
export interface Asked {
  readonly price: { readonly registration: string; readonly renewal: string };
  readonly contactExtensions?: Readonly<Record<string, unknown>>;
}

/** Nominet's own list of registrant types (its field `type`). */
const ukTypes = {
  IND: "An individual in the UK",
  FIND: "An individual outside the UK",
  LTD: "A UK limited company",
  PLC: "A UK public limited company",
  LLP: "A UK limited liability partnership",
  PTNR: "A UK partnership",
  STRA: "A UK sole trader",
  IP: "A UK industrial or provident society",
  SCH: "A UK school",
  RCHAR: "A UK registered charity",
  GOV: "A UK government body",
  CRC: "A UK corporation by royal charter",
  STAT: "A UK statutory body",
  OTHER: "Another UK entity",
  FCORP: "A corporation outside the UK",
  FOTHER: "Another entity outside the UK",
} as const;

/** Types that Nominet knows by a number: companies, partnerships, societies, charities, schools. */
const numbered = ["LTD", "PLC", "LLP", "IP", "SCH", "RCHAR"];

const uk = {
  type: "object",
  title: "What the .uk registry asks",
  required: ["registrant_type"],
  additionalProperties: false,
  properties: {
    registrant_type: {
      type: "string",
      title: "Who will hold the name",
      enum: Object.keys(ukTypes),
      oneOf: Object.entries(ukTypes).map(([value, title]) => ({ const: value, title })),
    },
    company_number: { type: "string", title: "Company, charity or school number", minLength: 1, maxLength: 20 },
    trading_name: { type: "string", title: "Trading name", minLength: 1, maxLength: 255 },
  },
  if: { required: ["registrant_type"], properties: { registrant_type: { enum: numbered } } },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema, not a promise
  then: { required: ["company_number"] },
};

/** US dollars a year at wholesale, as in November 2026; `.me` is cheaper in its first year. */
export const extensions: Readonly<Record<string, Asked>> = {
  com: { price: { registration: "10.46", renewal: "10.46" } },
  family: { price: { registration: "17.80", renewal: "17.80" } },
  me: { price: { registration: "11.20", renewal: "17.40" } },
  org: { price: { registration: "10.11", renewal: "10.11" } },
  uk: { price: { registration: "5.22", renewal: "5.22" }, contactExtensions: uk },
};

/** Endings that the vendor sells in its dashboard only, as its documentation lists them. */
export const dashboardOnly = ["giving", "mom", "inc", "lol", "sh", "link", "cc", "new"];

export function describeExtension(name: string, asked: Asked) {
  return {
    metadata: { name, tld: name },
    registration_schema: registrationSchema(name, asked),
    transfer_schema: transferSchema(name),
  };
}

function registrationSchema(name: string, { contactExtensions }: Asked) {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `Registration of a .${name} name`,
    ...made,
    type: "object",
    // The registrant is always asked for: this account has no address book to fall back on.
    required: ["domain_name", "contacts", ...(contactExtensions ? ["contact_extensions"] : [])],
    additionalProperties: false,
    properties: {
      domain_name: { type: "string", pattern: `^[^.]+\\.${name}$` },
      years: { type: "integer", minimum: 1, maximum: 10, default: 1 },
      auto_renew: { type: "boolean", default: false },
      privacy_mode: { type: "string", enum: ["off", "redaction"], default: "redaction" },
      contacts: {
        type: "object",
        required: ["registrant"],
        additionalProperties: false,
        properties: {
          registrant: { title: "Registrant", ...contactSchema },
          administrator: { title: "Administrator", ...contactSchema },
          technical: { title: "Technical contact", ...contactSchema },
          billing: { title: "Billing contact", ...contactSchema },
        },
      },
      ...(contactExtensions && { contact_extensions: contactExtensions }),
    },
  };
}

const transferSchema = (name: string) => ({
  $schema: "http://json-schema.org/draft-07/schema#",
  title: `Transfer of a .${name} name`,
  ...made,
  type: "object",
  // .uk moves by a change of the registrar's tag, without a code.
  required: name === "uk" ? [] : ["auth_code"],
  properties: {
    auth_code: { type: "string", minLength: 1, description: "Base64 of the code from the losing registrar" },
  },
});
