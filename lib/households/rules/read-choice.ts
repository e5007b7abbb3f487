import { z } from "zod";
import type { Said } from "@/lib/errors.ts";
import { oddText, tidy } from "@/lib/names/typed-text.ts";
import type { Problem, Reading } from "@/lib/orders/problem.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { mostContacts, serverName } from "@/lib/tenants/rule-shape.ts";
import type { RulesView } from "./describe-rules.ts";
import { readMatrixId } from "./read-matrix-id.ts";
import { nightsOf, nightsShape, readNights } from "./read-nights.ts";
import { readUploads } from "./read-uploads.ts";

/** More than the longest Matrix id (255) and its list's name. */
const line = z.string().max(300);

/** What was chosen on the page of a child's rules. What that page does not ask stays as it is. */
export const choiceShape = z.object({
  /** What the page showed before (RulesView). */
  seen: z.int().min(0),
  family: z.boolean(),
  /** Somebody to allow, as typed; empty for nobody. */
  person: line,
  /** The same of a whole server. */
  server: line,
  /** Somebody to take off a list: `people:ID`, `servers:NAME` or `never:EITHER`; empty for nobody. */
  off: line,
  stranger: z.enum(["ask", "refuse", "allow"]),
  create: z.boolean(),
  found: z.boolean(),
  paused: z.boolean(),
  nights: nightsShape,
  /** The home's time zone; empty where none was chosen, or where hours need none. */
  zone: line,
  /** What the page showed as that before. */
  seenZone: line,
  /** Nobody signs in on a further app. */
  closed: z.boolean(),
  /** The largest file in megabytes; empty: as everybody at home. */
  uploads: line,
});
export type RulesChoice = z.output<typeof choiceShape>;

type Now = Pick<RulesView, "rules" | "id" | "zone">;

/** What a choice comes to. */
export interface Chosen {
  readonly rules: ChildRules;
  /** The home's time zone, of all its children; null where none is known and none is needed. */
  readonly zone: string | null;
}

/** The choice that the page begins with. */
export const choiceOf = ({
  rules,
  seen,
  zone,
  guessedZone,
}: Pick<RulesView, "rules" | "seen" | "zone" | "guessedZone">): RulesChoice => ({
  ...{ seen, person: "", server: "", off: "" },
  ...{ family: rules.contacts.family, stranger: rules.stranger },
  ...{ create: rules.rooms.create, found: rules.found, paused: rules.paused },
  ...{ nights: nightsOf(rules.quiet), zone: zone ?? guessedZone, seenZone: zone ?? "" },
  ...{ closed: rules.devices === "closed", uploads: rules.uploadMegabytes?.toString() ?? "" },
});

/** The rules that a choice comes to for this child, or what is wrong with what was typed. */
export function readChoice(choice: RulesChoice, now: Now): Reading<Chosen> {
  const { rules, id } = now;
  const person = readPersonId(choice.person, id, rules);
  const server = readServer(choice.server, id, rules);
  const nights = readNights(choice, now);
  const uploads = readUploads(choice.uploads);
  const problems = [...person.problems, ...server.problems, ...nights.problems, ...uploads.problems];
  if (problems.length > 0) return { ok: false, problems };
  const { family, stranger, create, found, paused } = choice;
  // Whoever decides about strangers themselves may follow them; what was so before without that choice stays so.
  const join = stranger === rules.stranger ? rules.rooms.join : stranger === "allow" ? "any" : "contacts";
  const contacts = withContacts(rules.contacts, { ...choice, person: person.value, server: server.value });
  return {
    ok: true,
    value: {
      rules: {
        ...rules,
        contacts: { ...contacts, family },
        stranger,
        found,
        rooms: { ...rules.rooms, join, create },
        quiet: nights.quiet,
        devices: choice.closed ? "closed" : "any",
        uploadMegabytes: uploads.value,
        paused,
      },
      zone: nights.zone,
    },
  };
}

interface Typed {
  readonly value: string;
  readonly problems: readonly Problem[];
}

function withContacts(
  { people, servers, never, family }: ChildRules["contacts"],
  { person, server, off }: Pick<RulesChoice, "person" | "server" | "off">,
): ChildRules["contacts"] {
  const kept = (list: string, all: readonly string[]) => all.filter((one) => `${list}:${one}` !== off);
  const with_ = (all: readonly string[], one: string) => (one === "" || all.includes(one) ? all : [...all, one]);
  return {
    family,
    people: with_(kept("people", people), person),
    servers: with_(kept("servers", servers), server),
    // Whoever is allowed is no longer among those who never may.
    never: kept("never", never).filter((one) => one !== person && one !== server),
  };
}

function readPersonId(typed: string, own: string, { contacts }: ChildRules): Typed {
  if (tidy(typed) === "") return nothing;
  const { value, wrong: odd } = readMatrixId(typed);
  const wrong = (say: Said): Typed => ({
    value,
    problems: [{ at: "allow", field: { key: "family.rules.person" }, say }],
  });
  if (odd) return wrong(odd);
  if (value === own) return wrong({ key: "family.rules.errors.own" });
  if (contacts.people.length >= mostContacts.people) return wrong({ key: "family.rules.errors.manyPeople" });
  return { value, problems: [] };
}

function readServer(typed: string, own: string, { contacts }: ChildRules): Typed {
  const value = tidy(typed).toLowerCase();
  if (value === "") return nothing;
  const wrong = (say: Said): Typed => ({
    value,
    problems: [{ at: "allowServer", field: { key: "family.rules.server" }, say }],
  });
  const odd = oddText(value);
  if (odd) return wrong(odd);
  if (!serverName.safeParse(value).success || !/[.:]/.test(value)) return wrong({ key: "family.rules.errors.server" });
  if (own.endsWith(`:${value}`)) return wrong({ key: "family.rules.errors.serverHere" });
  if (contacts.servers.length >= mostContacts.servers) return wrong({ key: "family.rules.errors.manyServers" });
  return { value, problems: [] };
}

const nothing: Typed = { value: "", problems: [] };
