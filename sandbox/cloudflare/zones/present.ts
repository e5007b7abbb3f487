import { type DnsRecord, mayBeProxied, nameServers, type Zone } from "./record.ts";

/** The zone as this API shows it. */
export const presentZone = (account: string, zone: Zone) => ({
  id: zone.id,
  name: zone.name,
  status: zone.status,
  paused: false,
  type: "full",
  development_mode: 0,
  name_servers: [...nameServers],
  original_name_servers: null,
  original_registrar: null,
  original_dnshost: null,
  created_on: zone.created,
  modified_on: zone.modified,
  activated_on: zone.activated,
  // What a free plan has.
  meta: { step: 2, custom_certificate_quota: 0, page_rule_quota: 3, phishing_detected: false },
  owner: { type: "user" },
  account: { id: account, name: "Sandbox" },
  permissions: ["#dns_records:edit", "#dns_records:read", "#zone:edit", "#zone:read"],
  plan: {
    id: "0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
    name: "Free Website",
    price: 0,
    currency: "USD",
    frequency: "",
    is_subscribed: false,
    can_subscribe: false,
    legacy_id: "free",
    legacy_discount: false,
    externally_managed: false,
  },
});

export const presentRecord = ({ created, modified, comment, ...record }: DnsRecord) => ({
  ...record,
  proxiable: mayBeProxied(record.type),
  settings: {},
  meta: {},
  ...(comment !== undefined && { comment, comment_modified_on: modified }),
  ...(record.tags.length > 0 && { tags_modified_on: modified }),
  created_on: created,
  modified_on: modified,
});
