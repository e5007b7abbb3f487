import type { Answer } from "dns-packet";
import type { DnsRecord } from "../zones/record.ts";
import { readText } from "../zones/text.ts";

/** An automatic time to live is five minutes. */
const automatic = 300;

/** One line of a zone as it goes over the wire, under the name that was asked for. */
export function toAnswer(record: DnsRecord, name: string): Answer {
  const { type, content, data } = record;
  const head = { name, ttl: record.ttl === 1 ? automatic : record.ttl };
  switch (type) {
    // A proxied record would lead to the vendor's own edge, of which there is none here: it leads where it says.
    case "A":
    case "AAAA":
    case "CNAME":
    case "NS":
      return { ...head, type, data: content };
    case "TXT":
      return { ...head, type, data: readText(content) };
    case "MX":
      return { ...head, type, data: { preference: record.priority ?? 0, exchange: content } };
    case "CAA": {
      const tag = String(data?.["tag"]) as "issue" | "issuewild" | "iodef";
      return { ...head, type, data: { flags: Number(data?.["flags"]), tag, value: String(data?.["value"]) } };
    }
    case "SRV": {
      const number = (key: string) => Number(data?.[key]);
      const target = String(data?.["target"]);
      return {
        ...head,
        type,
        data: { priority: number("priority"), weight: number("weight"), port: number("port"), target },
      };
    }
  }
}
