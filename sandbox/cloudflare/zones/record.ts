/** Types kept here, with the DNS server answering each. */
export const recordTypes = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "SRV", "TXT"] as const;
export type RecordType = (typeof recordTypes)[number];

/** One line of a zone, normalised, as the ledger keeps it. */
export interface DnsRecord {
  readonly id: string;
  readonly type: RecordType;
  /** Full name in Punycode, lower case, no dot at the end. */
  readonly name: string;
  /** TXT with its quotes; CAA and SRV made from `data`. */
  readonly content: string;
  /** Seconds; 1 is automatic. */
  readonly ttl: number;
  readonly proxied: boolean;
  readonly priority?: number;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly comment?: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly modified: string;
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly status: "pending" | "active" | "moved";
  readonly created: string;
  readonly modified: string;
  readonly activated: string | null;
}

/** Every zone of this stand-in has these two; `.test` can never be a real name. */
export const nameServers = ["ada.ns.sandbox.test", "rob.ns.sandbox.test"] as const;

const proxiable = new Set<RecordType>(["A", "AAAA", "CNAME"]);
export const mayBeProxied = (type: RecordType): boolean => proxiable.has(type);
