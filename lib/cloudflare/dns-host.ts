import type { RecordCreateParams } from "cloudflare/resources/dns/records";
import type { DnsHost, WantedRecord, ZoneRecord } from "@/lib/provisioning/ports.ts";
import { type Account, ask, looking } from "./client.ts";

/** The comment that marks a record as ours: what does not carry it is the customer's, and is never touched. */
const marker = "nameplate: please do not edit";

export function cloudflareDns({ client, accountId }: Account): DnsHost {
  return {
    async findZone(name) {
      const found = await ask("zones.list", () => client.zones.list({ name, account: { id: accountId } }, looking));
      const zone = found.result.find((one) => one.name === name);
      return zone && { id: zone.id, active: zone.status === "active", nameServers: zone.name_servers ?? [] };
    },
    async createZone(name) {
      await ask("zones.create", () => client.zones.create({ account: { id: accountId }, name, type: "full" }));
    },
    async deleteZone(zoneId) {
      await ask("zones.delete", () => client.zones.delete({ zone_id: zoneId }));
    },
    async records(zoneId) {
      return ask("dns-records.list", async () => {
        const all: ZoneRecord[] = [];
        // 100 a page is the vendor's most without asking; a home's zone has a handful.
        for await (const one of client.dns.records.list({ zone_id: zoneId, per_page: 100 }, looking)) {
          all.push({
            id: one.id,
            type: one.type,
            name: one.name,
            content: one.content ?? "",
            ours: one.comment === marker,
          });
        }
        return all;
      });
    },
    async createRecord(zoneId, record) {
      await ask("dns-records.create", () => client.dns.records.create({ zone_id: zoneId, ...toVendor(record) }));
    },
    async deleteRecord(zoneId, recordId) {
      await ask("dns-records.delete", () => client.dns.records.delete(recordId, { zone_id: zoneId }));
    },
  };
}

type WithoutZone = RecordCreateParams extends infer P ? (P extends unknown ? Omit<P, "zone_id"> : never) : never;

/** Five minutes: short enough to move a home within one, long enough to be kind to the name servers. */
const ttl = 300;

function toVendor({ type, name, content }: WantedRecord): WithoutZone {
  const common = { name, ttl, comment: marker };
  if (type === "CAA") {
    const [flags, tag, value] = content.match(/^(\d+) (\w+) "(.*)"$/)?.slice(1) ?? [];
    return { ...common, type: "CAA", data: { flags: Number(flags), tag: tag ?? "", value: value ?? "" } };
  }
  if (type === "A" || type === "AAAA") return { ...common, type, content, proxied: false };
  throw new Error(`No home needs a ${type} record`);
}
