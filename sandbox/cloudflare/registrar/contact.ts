/** A person or organisation on a registration, as this API words it. */
export interface Contact {
  readonly email: string;
  /** `+CC.NUMBER` */
  readonly phone: string;
  readonly fax?: string;
  readonly postal_info: {
    readonly name: string;
    readonly organization?: string;
    readonly address: {
      readonly street: string;
      readonly city: string;
      readonly state: string;
      readonly postal_code: string;
      readonly country_code: string;
    };
  };
}

const text = (title: string, minLength: number, maxLength: number) => ({ type: "string", title, minLength, maxLength });

/** Lengths are those of the registries' own protocol (RFC 5733 leaves them to each; 255 is what all of ours accept). */
export const contactSchema = {
  type: "object",
  required: ["email", "phone", "postal_info"],
  additionalProperties: false,
  properties: {
    email: { ...text("E-mail address", 3, 255), format: "email" },
    phone: {
      ...text("Telephone number", 7, 20),
      pattern: "^\\+[0-9]{1,3}\\.[0-9]{4,14}$",
      description: "Country code and number, such as +44.2079460000",
      examples: ["+44.2079460000"],
    },
    fax: { ...text("Fax number", 7, 20), pattern: "^\\+[0-9]{1,3}\\.[0-9]{4,14}$" },
    postal_info: {
      type: "object",
      required: ["name", "address"],
      additionalProperties: false,
      properties: {
        name: text("Full name", 2, 255),
        organization: text("Organisation", 1, 255),
        address: {
          type: "object",
          required: ["street", "city", "state", "postal_code", "country_code"],
          additionalProperties: false,
          properties: {
            street: text("Street and number", 1, 255),
            city: text("Town or city", 1, 255),
            /** Must be sent, and may be empty: most countries have none in an address. */
            state: text("State, province or region", 0, 255),
            postal_code: text("Postcode", 1, 16),
            country_code: { ...text("Country", 2, 2), pattern: "^[A-Z]{2}$", description: "ISO 3166-1 alpha-2" },
          },
        },
      },
    },
  },
} as const;
