import { isIPv4, isIPv6, SocketAddress } from "node:net";
import { domainToASCII } from "node:url";
import { z } from "zod";
import { invalid } from "./errors.ts";
import { type DnsRecord, mayBeProxied, type RecordType, recordTypes } from "./record.ts";
import { quoteText } from "./text.ts";

/** What a caller may send of a record. Unknown fields are let pass, as the vendor does. */
export const recordBody = z.object({
  type: z.string(),
  name: z.string().min(1),
  content: z.string().optional(),
  ttl: z.number().optional(),
  proxied: z.boolean().optional(),
  priority: z.int().min(0).max(65_535).optional(),
  data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  comment: z.string().nullish(),
  tags: z.array(z.string()).optional(),
});
export type RecordBody = z.output<typeof recordBody>;
export type Normal = Omit<DnsRecord, "id" | "created" | "modified">;

/** Comments on the free plan end here. */
const commentLimit = 100;

/** A record as this vendor stores it, or a refusal. */
export function normalise(zone: string, body: RecordBody): Normal {
  const type = recordTypes.find((one) => one === body.type);
  if (!type) throw invalid(`Records of type ${body.type} are not kept here.`);
  const proxied = body.proxied ?? false;
  if (proxied && !mayBeProxied(type)) throw invalid("Invalid proxied mode. Record cannot be proxied", 9041);
  if ((body.comment ?? "").length > commentLimit) throw invalid(`A comment may have ${commentLimit} characters.`);
  return {
    type,
    name: fullName(zone, body.name),
    // Whatever is asked, a proxied record is automatic.
    ttl: proxied ? 1 : checkTtl(body.ttl ?? 1),
    proxied,
    ...contentOf(type, body),
    ...(body.comment ? { comment: body.comment } : {}),
    tags: body.tags ?? [],
  };
}

/** `@` is the zone itself, and a name outside the zone is taken as one inside it. */
export function fullName(zone: string, given: string): string {
  const name = given.trim().replace(/\.$/, "");
  const ascii = name === "@" ? zone : asciiOf(name);
  const full = ascii === zone || ascii.endsWith(`.${zone}`) ? ascii : `${ascii}.${zone}`;
  const labels = full.split(".");
  const sound = labels.every(
    (label, n) => (n === 0 && label === "*") || /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label),
  );
  if (!sound || full.length > 253) throw invalid("DNS name is invalid.", 9000);
  return full;
}

/** The conversion to Punycode refuses underscores and stars, so only a name that needs it is converted. */
const asciiOf = (name: string): string => (/^[\x21-\x7e]+$/.test(name) ? name.toLowerCase() : domainToASCII(name));

function checkTtl(ttl: number): number {
  if (ttl === 1 || (Number.isInteger(ttl) && ttl >= 60 && ttl <= 86_400)) return ttl;
  throw invalid("Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.", 9021);
}

type Content = Pick<DnsRecord, "content" | "priority" | "data">;

function contentOf(type: RecordType, body: RecordBody): Content {
  const content = (body.content ?? "").trim();
  switch (type) {
    case "A":
      if (!isIPv4(content)) throw invalid("Content for A record must be a valid IPv4 address.", 9005);
      return { content };
    case "AAAA":
      if (!isIPv6(content)) throw invalid("Content for AAAA record must be a valid IPv6 address.", 9006);
      return { content: new SocketAddress({ address: content, family: "ipv6" }).address };
    case "CNAME":
      return { content: hostOf(content, "Content for CNAME record is invalid.", 9007) };
    case "NS":
      return { content: hostOf(content, "Content for NS record is invalid.") };
    case "MX":
      if (body.priority === undefined) throw invalid("priority is a required data field for MX records.");
      return { content: hostOf(content, "Content for MX record is invalid.", 9009), priority: body.priority };
    case "TXT":
      if (content === "") throw invalid("Content for TXT record is missing.");
      return { content: quoteText(content) };
    case "CAA":
      return caa(body.data ?? {});
    case "SRV":
      return srv(body.data ?? {});
  }
}

function hostOf(given: string, message: string, code?: number): string {
  const host = asciiOf(given.replace(/\.$/, ""));
  const sound = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(
    host,
  );
  if (!sound) throw invalid(message, code);
  return host;
}

function caa({ flags, tag, value }: NonNullable<RecordBody["data"]>): Content {
  const sound = typeof tag === "string" && /^(issue|issuewild|iodef)$/.test(tag) && typeof value === "string";
  if (!sound) throw invalid("data.tag (issue, issuewild or iodef) and data.value are required for CAA records.");
  const number = whole(flags ?? 0, "flags", 255);
  return { content: `${number} ${tag} "${value}"`, data: { flags: number, tag, value } };
}

function srv({ priority, weight, port, target }: NonNullable<RecordBody["data"]>): Content {
  const data = {
    priority: whole(priority, "priority", 65_535),
    weight: whole(weight, "weight", 65_535),
    port: whole(port, "port", 65_535),
    target: target === "." ? "." : hostOf(String(target ?? ""), "data.target is invalid for SRV records."),
  };
  return { content: `${data.priority} ${data.weight} ${data.port} ${data.target}`, priority: data.priority, data };
}

function whole(value: string | number | undefined, name: string, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw invalid(`data.${name} must be a whole number up to ${most}.`);
}
