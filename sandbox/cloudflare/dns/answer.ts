import type { Answer, Question, SoaAnswer } from "dns-packet";
import type { World } from "../world.ts";
import { type DnsRecord, nameServers, type Zone } from "../zones/record.ts";
import { toAnswer } from "./to-answer.ts";

/** What is said to one question. */
export interface Said {
  readonly rcode: "NOERROR" | "NXDOMAIN" | "REFUSED";
  readonly authoritative: boolean;
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
}

const refused: Said = { rcode: "REFUSED", authoritative: false, answers: [], authorities: [] };

/** Chains of aliases longer than this are a loop. */
const longestChain = 8;

export function answer(world: World, question: Question): Said {
  const name = question.name.toLowerCase();
  const zone = zoneFor(world, name);
  if (!zone) return refused;
  const delegation = delegationOf(world, zone, name);
  if (delegation.length > 0) {
    return {
      rcode: "NOERROR",
      authoritative: false,
      answers: [],
      authorities: delegation.map((one) => toAnswer(one, one.name)),
    };
  }
  const found = follow(world, name, question.type, longestChain);
  // Whoever asks is answered with the name as they wrote it.
  const answers = found.answers.map((one) => (one.name === name ? { ...one, name: question.name } : one));
  const nothing = !found.reached;
  return {
    rcode: nothing && !found.exists ? "NXDOMAIN" : "NOERROR",
    authoritative: true,
    answers,
    authorities: nothing ? [soaOf(world, zoneFor(world, found.name) ?? zone)] : [],
  };
}

/** The zone nearest above a name. */
function zoneFor(world: World, name: string): Zone | undefined {
  for (let rest = name; rest !== ""; rest = parentOf(rest)) {
    const zone = world.zoneNamed(rest);
    if (zone) return zone;
  }
  return undefined;
}

const parentOf = (name: string): string => (name.includes(".") ? name.slice(name.indexOf(".") + 1) : "");

/** Name servers of somebody else's to whom this part of the zone was given. */
function delegationOf(world: World, zone: Zone, name: string): DnsRecord[] {
  for (let rest = name; rest !== zone.name; rest = parentOf(rest)) {
    const servers = at(world, zone, rest).filter(({ type }) => type === "NS");
    if (servers.length > 0) return servers;
  }
  return [];
}

interface Found {
  readonly answers: readonly Answer[];
  /** Whether the question was answered, at the end of the chain or before it left our zones. */
  readonly reached: boolean;
  readonly exists: boolean;
  /** The last name of the chain. */
  readonly name: string;
}

function follow(world: World, name: string, type: Question["type"], steps: number): Found {
  const zone = zoneFor(world, name);
  if (!zone) return { answers: [], reached: true, exists: true, name };
  const here = namesake(world, zone, name);
  const exists = here !== undefined;
  const own = zone.name === name ? ownLines(world, zone, type) : [];
  // An alias at the top of a zone is never shown: what it leads to stands there instead.
  const hidden = zone.name === name ? "CNAME" : undefined;
  const fitting = (here ?? []).filter((record) => record.type === type && record.type !== hidden);
  const answers = [...own, ...fitting.map((record) => toAnswer(record, name))];
  if (answers.length > 0) return { answers, reached: true, exists, name };
  const alias = (here ?? []).find((record) => record.type === "CNAME");
  if (!alias || steps === 0) return { answers: [], reached: false, exists, name };
  const further = follow(world, alias.content, type, steps - 1);
  if (zone.name === name) {
    const flat = further.answers.filter((one) => one.type === type).map((one) => ({ ...one, name }));
    return { answers: flat, reached: flat.length > 0, exists: true, name };
  }
  return { ...further, answers: [toAnswer(alias, name), ...further.answers] };
}

/** The lines of a name, of the wildcard that stands for it, none for a name that only has others below; undefined without any. */
function namesake(world: World, zone: Zone, name: string): readonly DnsRecord[] | undefined {
  const lines = at(world, zone, name);
  if (lines.length > 0 || name === zone.name || hasBelow(world, zone, name)) return lines;
  for (let rest = parentOf(name); rest.endsWith(zone.name); rest = parentOf(rest)) {
    const wild = at(world, zone, `*.${rest}`);
    if (wild.length > 0) return wild;
    if (at(world, zone, rest).length > 0 || hasBelow(world, zone, rest)) return undefined;
  }
  return undefined;
}

const at = (world: World, zone: Zone, name: string): DnsRecord[] =>
  [...world.recordsOf(zone.id).values()].filter((record) => record.name === name);

const hasBelow = (world: World, zone: Zone, name: string): boolean =>
  [...world.recordsOf(zone.id).values()].some((record) => record.name.endsWith(`.${name}`));

/** What every zone answers about itself. ANY gets the short answer of RFC 8482. */
function ownLines(world: World, zone: Zone, type: string): Answer[] {
  const name = zone.name;
  if (type === "SOA") return [soaOf(world, zone)];
  // A day, as the vendor's own name servers have.
  if (type === "NS") return nameServers.map((data) => ({ type: "NS", name, ttl: 86_400, data }));
  if (type === "ANY") return [{ type: "HINFO", name, ttl: 3600, data: { cpu: "RFC8482", os: "" } }];
  return [];
}

/** Times in seconds as the vendor's zones have them; the last is how long "there is none" may be remembered. */
const soaOf = (world: World, zone: Zone): SoaAnswer => ({
  type: "SOA",
  name: zone.name,
  ttl: 1800,
  data: {
    mname: nameServers[0],
    rname: "dns.sandbox.test",
    serial: world.changes,
    refresh: 10_000,
    retry: 2400,
    expire: 604_800,
    minimum: 1800,
  },
});
