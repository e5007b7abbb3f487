import type { Ctx } from "../envelope.ts";
import { invalid } from "./errors.ts";
import type { DnsRecord } from "./record.ts";

type Test = (text: string, wanted: string) => boolean;
const tests: Readonly<Record<string, Test>> = {
  exact: (text, wanted) => text === wanted,
  contains: (text, wanted) => text.includes(wanted),
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
  present: (text) => text !== "",
  absent: (text) => text === "",
};

const texts: Readonly<Record<string, (record: DnsRecord) => string>> = {
  name: (record) => record.name,
  content: (record) => record.content,
  comment: (record) => record.comment ?? "",
  type: (record) => record.type,
  proxied: (record) => String(record.proxied),
};

/** Query words that are no filters. */
const others = new Set(["page", "per_page", "order", "direction", "match", "tag_match", "include_shadow_metadata"]);

/** Filters such as `name=x`, `name.contains=x`, `comment.absent=1`. One that is not understood is refused, never ignored. */
export function matching(c: Ctx, records: Iterable<DnsRecord>): DnsRecord[] {
  const filters = Object.entries(c.req.query())
    .filter(([key]) => !others.has(key))
    .map(([key, value]) => filterOf(key, value));
  const any = c.req.query("match") === "any";
  return [...records].filter((record) =>
    filters.length === 0 ? true : any ? filters.some((fits) => fits(record)) : filters.every((fits) => fits(record)),
  );
}

/** Letters' case makes no difference. */
function filterOf(key: string, value: string): (record: DnsRecord) => boolean {
  const [field = "", how = "exact"] = key.split(".");
  const test = tests[how];
  if (field === "tag" && test) return (record) => tagFits(record.tags, how, test, value.toLowerCase());
  const text = texts[field];
  if (!text || !test) throw invalid(`${key} is not a filter of this list.`);
  return (record) => test(text(record).toLowerCase(), value.toLowerCase());
}

/** A tag is `name:value`; presence asks for the name, everything else for the value under that name. */
function tagFits(tags: readonly string[], how: string, test: Test, wanted: string): boolean {
  const pairs = tags.map((tag) => tag.toLowerCase().split(/:(.*)/s, 2));
  if (how === "present") return pairs.some(([name]) => name === wanted);
  if (how === "absent") return pairs.every(([name]) => name !== wanted);
  const [name, value = ""] = wanted.split(/:(.*)/s, 2);
  return pairs.some(([own, text = ""]) => own === name && test(text, value));
}
