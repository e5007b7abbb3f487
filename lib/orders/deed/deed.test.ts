import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeExtension, extensions } from "@/sandbox/cloudflare/registrar/extensions.ts";
import { countries, countryName, isCountry } from "./countries.ts";
import { notPostcode } from "./postcodes.ts";
import { questionsOf } from "./questions.ts";
import { readDeed } from "./read-deed.ts";
import { shownPhone } from "./shown-phone.ts";

const schemaOf = (ending: string): unknown => {
  const asked = extensions[ending];
  if (!asked) throw new Error(`No ${ending}`);
  return describeExtension(ending, asked).registration_schema;
};
const anna = {
  fullName: "Anna Smith",
  email: "anna@post.example",
  phone: "+44 7700 900123",
  country: "GB",
  street: "14 Mill Lane",
  city: "Frome",
  state: "",
  postalCode: "BA11 1AA",
  organisation: "",
};
const read = (differs: Record<string, string>, ending = "family", schema = schemaOf(ending)) =>
  readDeed({ ...anna, ...differs }, { name: `smith.${ending}`, schema, questions: questionsOf(schema) });
const wrong = (differs: Record<string, string>, ending = "family") => {
  const reading = read(differs, ending);
  return reading.ok ? [] : reading.problems.map(({ at, say }) => `${at} ${say.key.replace("deed.errors.", "")}`);
};

describe("the owner on record", () => {
  it("is kept as registries write owners", () => {
    expect(read({ postalCode: " ba11 1aa " })).toEqual({
      ok: true,
      value: {
        ending: "family",
        fullName: "Anna Smith",
        email: "anna@post.example",
        phone: "+447700900123",
        street: "14 Mill Lane",
        city: "Frome",
        state: "",
        postalCode: "BA11 1AA",
        country: "GB",
        extra: {},
      },
    });
  });

  it.each([
    [{ fullName: "" }, "fullName fullNameEmpty"],
    [{ fullName: "Anna Sm1th" }, "fullName fullNameCharacter"],
    [{ fullName: "Анна Смит" }, "fullName latin"],
    [{ fullName: "Anna 😀" }, "fullName fields.pictures"],
    [{ fullName: "<b>Anna</b>" }, "fullName fields.markup"],
    [{ fullName: "An\u0007na" }, "fullName fields.hidden"],
    [{ fullName: "a".repeat(300) }, "fullName long"],
    [{ email: "anna" }, "email email"],
    [{ email: "anna@smith.family" }, "email emailHere"],
    [{ email: "anna@mail.smith.family" }, "email emailHere"],
    [{ phone: "07700 900123" }, "phone phone"],
    [{ phone: "+44 770" }, "phone phoneTooShort"],
    [{ phone: "+44 7700 900123 900123" }, "phone phoneTooLong"],
    [{ phone: "+999 123456" }, "phone phone"],
    [{ phone: "+44 call me" }, "phone phone"],
    [{ country: "" }, "country countryEmpty"],
    [{ country: "XX" }, "country countryEmpty"],
    [{ country: "__proto__" }, "country countryEmpty"],
    [{ street: "" }, "street streetEmpty"],
    [{ street: "." }, "street streetEmpty"],
    [{ street: "李家" }, "street latin"],
    [{ city: "" }, "city cityEmpty"],
    [{ postalCode: "" }, "postalCode postalCodeEmpty"],
    [{ postalCode: "12345" }, "postalCode postalCode"],
    [{ country: "US", postalCode: "20500" }, "state stateEmpty"],
  ])("with %j is explained as %s", (differs, expected) => {
    expect(wrong(differs)).toEqual([expected]);
  });

  it.each([
    [{ fullName: "Zoë Müller-O’Brien" }],
    [{ country: "IE", postalCode: "d02 af30" }],
    [{ country: "HK", postalCode: "999077" }],
    [{ country: "US", state: "Ohio", postalCode: "43004-1234" }],
    [{ phone: "+1 (202) 456-1111" }],
    [{ street: "Flat 3/4, 12½ Rue de l’Église #2 & Co." }],
  ])("with %j is fine", (differs) => {
    expect(wrong(differs)).toEqual([]);
  });

  it("of a .uk name answers the registry's own questions, one of which depends on another", () => {
    const type = "extra.registrant_type";
    expect(wrong({}, "uk")).toEqual([`${type} linkEmpty`]);
    expect(wrong({ [type]: "nonsense" }, "uk")).toEqual([`${type} linkEmpty`]);
    expect(wrong({ [type]: "LTD" }, "uk")).toEqual(["extra.company_number linkEmpty"]);
    expect(wrong({ [type]: "LTD", "extra.company_number": "01234567" }, "uk")).toEqual([]);
    expect(wrong({ [type]: "IND" }, "uk")).toEqual([]);
  });

  it("is never read without an answer, whatever is typed", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ unit: "grapheme", maxLength: 30 }));
    fc.assert(
      fc.property(fc.record(Object.fromEntries(Object.keys(anna).map((field) => [field, text]))), (typed) => {
        const reading = read(typed);
        expect(reading.ok || reading.problems.length > 0).toBe(true);
      }),
    );
  });
});

describe("an ending's questions", () => {
  it("come out of its schema: what is asked, whether one must answer, and how long", () => {
    const { extra, insists, most } = questionsOf(schemaOf("uk"));
    expect(extra.map(({ property, required }) => [property, required])).toEqual([
      ["registrant_type", true],
      ["company_number", false],
      ["trading_name", false],
    ]);
    expect(extra[0]?.choices?.[0]).toEqual({ value: "IND", title: "An individual in the UK" });
    expect(most.postalCode).toBe(16);
    expect([insists.city, insists.state, insists.organisation]).toEqual([true, false, false]);
  });

  it("are found behind references and in parts of a whole, and a country list is kept", () => {
    const schema = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $defs: {
        address: { type: "object", required: ["country_code"], properties: { country_code: { enum: ["GB", "IE"] } } },
        contact: { allOf: [{ properties: { postal_info: { properties: { address: { $ref: "#/$defs/address" } } } } }] },
      },
      properties: { contacts: { properties: { registrant: { $ref: "#/$defs/contact" } } } },
    };
    expect(questionsOf(schema).countries).toEqual(["GB", "IE"]);
    const reading = read({ country: "FR", postalCode: "75001" }, "family", schema);
    expect(reading).toMatchObject({ problems: [{ at: "country", say: { key: "deed.errors.countryRefused" } }] });
  });

  it("are only the usual ones when there is no schema, or one that makes no sense", () => {
    for (const schema of [undefined, null, 7, "x", [], { $ref: "#" }, { properties: 3 }])
      expect(questionsOf(schema).extra).toEqual([]);
  });

  it("that only the schema knows are said in its own words", () => {
    const schema = {
      type: "object",
      properties: {
        contacts: {
          properties: {
            registrant: {
              properties: { postal_info: { properties: { name: { type: "string", pattern: "^[A-Z ]+$" } } } },
            },
          },
        },
      },
    };
    expect(read({}, "family", schema)).toMatchObject({
      problems: [{ at: "fullName", say: { key: "deed.errors.refused" } }],
    });
  });
});

describe("countries", () => {
  it("have a name in English, and are in its order", () => {
    const all = countries("en-GB");
    expect(all.length).toBeGreaterThan(240);
    expect(all.every(({ value, label }) => isCountry(value) && label !== value)).toBe(true);
    expect(all.findIndex(({ value }) => value === "AX")).toBeLessThan(5);
    expect(countryName("GB", "en-GB")).toBe("United Kingdom");
    expect(countryName("constructor", "en-GB")).toBe("constructor");
  });

  it("each take their own example of a postcode", () => {
    for (const { value } of countries("en-GB")) {
      const example = notPostcode("?", value);
      if (example !== undefined) expect([value, notPostcode(example, value)]).toEqual([value, undefined]);
    }
  });
});

it("shows a phone number as people write it", () => {
  expect(shownPhone("+447700900123")).toBe("+44 7700 900123");
  expect(shownPhone("not a number")).toBe("not a number");
});
