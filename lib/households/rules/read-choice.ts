import { z } from "zod";
import type { Said } from "@/lib/errors.ts";
import { oddText, tidy } from "@/lib/names/typed-text.ts";
import type { Problem, Reading } from "@/lib/orders/problem.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { mostContacts, serverName } from "@/lib/tenants/rule-shape.ts";
import type { RulesView } from "./describe-rules.ts";
import { readMatrixId } from "./read-matrix-id.ts";

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
});
export type RulesChoice = z.output<typeof choiceShape>;

/** The choice that the page begins with. */
export const choiceOf = ({ rules, seen }: Pick<RulesView, "rules" | "seen">): RulesChoice => ({
  ...{ seen, person: "", server: "", off: "" },
  ...{ family: rules.contacts.family, stranger: rules.stranger },
  ...{ create: rules.rooms.create, found: rules.found, paused: rules.paused },
});

/** The rules that a choice comes to for this child, or what is wrong with what was typed. */
export function readChoice(choice: RulesChoice, { rules, id }: Pick<RulesView, "rules" | "id">): Reading<ChildRules> {
  const person = readPersonId(choice.person, id, rules);
  const server = readServer(choice.server, id, rules);
  const problems = [...person.problems, ...server.problems];
  if (problems.length > 0) return { ok: false, problems };
  const { family, stranger, create, found, paused } = choice;
  // Whoever decides about strangers themselves may follow them; what was so before without that choice stays so.
  const join = stranger === rules.stranger ? rules.rooms.join : stranger === "allow" ? "any" : "contacts";
  const contacts = withContacts(rules.contacts, { ...choice, person: person.value, server: server.value });
  return {
    ok: true,
    value: {
      ...rules,
      contacts: { ...contacts, family },
      stranger,
      found,
      rooms: { ...rules.rooms, join, create },
      paused,
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
