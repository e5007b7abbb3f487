import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { Said } from "@/lib/errors.ts";
import { firstOther, letterCount, oddText, tidy } from "@/lib/names/typed-text.ts";
import { type DraftDeed, endingOf } from "../draft.ts";
import { isEmail, isEmailAt } from "../email.ts";
import type { Problem, Reading } from "../problem.ts";
import { checkSchema, type Objection } from "./check-schema.ts";
import { isCountry, needsState } from "./countries.ts";
import { phoneProblem } from "./phone-problem.ts";
import { needsPostcode, notPostcode } from "./postcodes.ts";
import { type ContactField, contactFields, type Questions } from "./questions.ts";

export type DeedValues = Readonly<Record<string, string>>;

/** The input of a question beyond the contact. */
export const extraInput = (property: string): string => `extra.${property}`;

interface Asked {
  readonly name: string;
  readonly questions: Questions;
  /** The ending's own schema; undefined while the registrar does not answer. */
  readonly schema: unknown;
}

/** Reads screen 4: first each field by itself, then the whole by the registry's own rules. */
export function readDeed(typed: DeedValues, { name, questions, schema }: Asked): Reading<DraftDeed> {
  const values = Object.fromEntries(Object.entries(typed).map(([field, value]) => [field, tidy(value)]));
  const country = values["country"] ?? "";
  const problems: Problem[] = contactFields.flatMap((field) => {
    const say = fieldProblem(field, values[field] ?? "", { name, questions, country });
    return say ? [{ at: field, field: { key: `deed.fields.${field}` }, say }] : [];
  });
  problems.push(
    ...questions.extra.flatMap((question) => extraProblem(question, values[extraInput(question.property)] ?? "") ?? []),
  );
  if (problems.length > 0) return { ok: false, problems };
  const phone = parsePhoneNumberFromString(values["phone"] ?? "");
  if (!phone) throw new Error("A phone number that was found good cannot be read");
  const deed = deedOf(values, questions, endingOf(name), phone.number);
  const dotted = `+${phone.countryCallingCode}.${phone.nationalNumber}`;
  const objections = checkSchema(schema, name, deed, { e164: phone.number, dotted });
  return objections.length > 0
    ? { ok: false, problems: objections.map((one) => refused(one, values)) }
    : { ok: true, value: deed };
}

function deedOf(values: DeedValues, { extra }: Questions, ending: string, phone: string): DraftDeed {
  const value = (field: ContactField) => values[field] ?? "";
  const answers = extra.flatMap(({ property }) => {
    const answer = values[extraInput(property)] ?? "";
    return answer === "" ? [] : [[property, answer] as const];
  });
  const organisation = value("organisation");
  return {
    ending,
    fullName: value("fullName"),
    ...(organisation ? { organisation } : {}),
    email: value("email"),
    phone,
    street: value("street"),
    city: value("city"),
    state: value("state"),
    postalCode: value("postalCode").toUpperCase(),
    country: value("country"),
    extra: Object.fromEntries(answers),
  };
}

interface About {
  readonly name: string;
  readonly questions: Questions;
  readonly country: string;
}

const error = (key: string, values: Said["values"] = {}): Said => ({ key: `deed.errors.${key}`, values });

/** What is wrong with one field of the contact. */
function fieldProblem(field: ContactField, value: string, about: About): Said | undefined {
  if (value === "") return mayBeEmpty(field, about) ? undefined : error(`${field}Empty`);
  const odd = oddText(value);
  if (odd) return odd;
  const [n, max] = [letterCount(value), about.questions.most[field]];
  // A country is a code, and a phone has its own lengths, country by country.
  if (field !== "country" && field !== "phone" && n > max) return error("long", { n, max });
  switch (field) {
    case "email":
      return emailProblem(value, about.name);
    case "phone":
      return phoneProblem(value, about.country);
    case "country":
      return countryProblem(value, about);
    case "postalCode":
      return postcodeProblem(value, about.country);
    default:
      return lettersProblem(field, value);
  }
}

function mayBeEmpty(field: ContactField, { questions, country }: About): boolean {
  if (field === "organisation") return !questions.insists.organisation;
  if (field === "state") return !questions.insists.state && !needsState(country);
  return field === "postalCode" && country !== "" && !needsPostcode(country) && !questions.insists.postalCode;
}

function emailProblem(email: string, name: string): Said | undefined {
  if (!isEmail(email)) return error("email");
  return isEmailAt(email, name) ? error("emailHere", { name }) : undefined;
}

function countryProblem(country: string, { questions, name }: About): Said | undefined {
  if (!isCountry(country)) return error("countryEmpty");
  const sold = questions.countries === undefined || questions.countries.includes(country);
  return sold ? undefined : error("countryRefused", { ending: endingOf(name), country });
}

function postcodeProblem(value: string, country: string): Said | undefined {
  const example = isCountry(country) ? notPostcode(value, country) : undefined;
  if (example !== undefined) return error("postalCode", { value: value.slice(0, 40), country, example });
  return lettersProblem("postalCode", value);
}

/** Registries keep Latin letters with their accents, and what stands in an address. Names of people have no figures. */
function lettersProblem(field: ContactField, value: string): Said | undefined {
  const person = field === "fullName";
  const allowed = person
    ? /^[\p{Script=Latin}\p{M}\s.'’‘ʼ,-]+$/u
    : /^[\p{Script=Latin}\p{M}\p{N}\s.'’‘ʼ,/&()#°º:;+_@!"*-]+$/u;
  const c = firstOther(value, allowed);
  if (c === undefined) return /[\p{Script=Latin}\p{N}]/u.test(value) ? undefined : error(`${field}Empty`);
  if (/\p{L}/u.test(c)) return error("latin");
  return error(person ? "fullNameCharacter" : "character", { c });
}

function extraProblem(question: Questions["extra"][number], value: string): Problem | undefined {
  const wrong = (say: Said): Problem => ({
    at: extraInput(question.property),
    field: { key: "deed.extraField", values: { title: question.title } },
    say,
  });
  if (value === "") return question.required ? wrong(error("linkEmpty")) : undefined;
  if (question.choices)
    return question.choices.some((one) => one.value === value) ? undefined : wrong(error("linkEmpty"));
  const [odd, n] = [oddText(value), letterCount(value)];
  if (odd) return wrong(odd);
  return n > question.most ? wrong(error("long", { n, max: question.most })) : undefined;
}

/** What only the registry's own schema objects to. */
function refused({ field, words }: Objection, values: DeedValues): Problem {
  if (typeof field === "string") {
    return { at: field, field: { key: `deed.fields.${field}` }, say: error("refused", { words }) };
  }
  const at = extraInput(field.extra);
  const empty = (values[at] ?? "") === "";
  return {
    at,
    field: { key: "deed.extraField", values: { title: field.extra } },
    say: empty ? error("linkEmpty") : error("refused", { words }),
  };
}
